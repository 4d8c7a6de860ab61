/** Scores of a friction event. */
export type Scores = {
  /** How hard the two systems collide: integer, 0..100. */
  frictionScore: number;
  /** How hard and how long they are pressed together: integer, 0..100. */
  pressureScore: number;
};

/** A score is not an integer in 0..100. `field` names the score. */
export class InvalidScoresError extends RangeError {
  override readonly name = 'InvalidScoresError';
  readonly field: keyof Scores;

  constructor(field: keyof Scores, value: unknown) {
    const shown = typeof value === 'number' ? String(value) : typeof value;
    super(`${field} must be an integer from 0 to 100, got ${shown}`);
    this.field = field;
  }
}

/** @throws {InvalidScoresError} for the first score that is not an integer in 0..100 */
export function assertScores(scores: Scores): void {
  for (const field of ['frictionScore', 'pressureScore'] as const) {
    const value: unknown = scores[field];
    if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > 100) {
      throw new InvalidScoresError(field, value);
    }
  }
}
