import type { PressureBucket } from '../schema/vocabulary.ts';

/** The bucket of a pressure score 0..100: LOW to 33, MED to 66, HIGH above. */
export function pressureBucket(pressureScore: number): PressureBucket {
  if (pressureScore <= 33) return 'LOW';
  return pressureScore <= 66 ? 'MED' : 'HIGH';
}

/** A friction score 0..100 floored to tens: 0, 10 .. 100. */
export function frictionBracket10(frictionScore: number): number {
  return Math.floor(frictionScore / 10) * 10;
}
