import { type VideoInputs, videoInputs } from '@defrag/core';
import { type FrictionEventRow, findFrictionEvent } from '@defrag/db';
import { AppError } from '../errors.ts';
import type { Services } from './services.ts';

/** @throws AppError FRICTION_EVENT_NOT_FOUND */
export async function fetchFrictionEvent(services: Services, frictionId: string): Promise<FrictionEventRow> {
  const event = await findFrictionEvent(services.database.orm, frictionId);
  if (event === undefined) {
    throw new AppError('FRICTION_EVENT_NOT_FOUND', `There is no friction event ${frictionId}.`);
  }
  return event;
}

/** The inputs of an event's video of the given length. The seed is the event's provenance hash. */
export function inputsOf(
  event: Pick<FrictionEventRow, 'frictionScore' | 'pressureScore' | 'provenanceHash'>,
  durationMs: number,
): VideoInputs {
  const { frictionScore, pressureScore, provenanceHash: seed } = event;
  return videoInputs({ frictionScore, pressureScore, seed, durationMs });
}
