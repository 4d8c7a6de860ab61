import { RENDERER_VERSION } from '@defrag/core';
import {
  type BackfillSurvey,
  type BackfillWithProgress,
  createBackfill,
  findBackfill,
  setBackfillState,
  surveyBackfill,
} from '@defrag/db';
import { AppError } from '../../errors.ts';
import type { Services } from '../services.ts';

/** What a backfill of the present renderer version would find; nothing is changed. */
export function planBackfill(services: Services, durationMs: number): Promise<BackfillSurvey> {
  return surveyBackfill(services.database.orm, { durationMs, rendererVersion: RENDERER_VERSION });
}

/**
 * Begins to render the videos of all events that are not READY under the present renderer version. Any process that runs
 * `startBackfills` hands its renders to the queue.
 *
 * @param options.concurrency most of its renders that are queued or under way at the same time, 1..100
 * @throws AppError CONFLICT while another backfill is running or paused
 */
export async function startBackfill(
  services: Services,
  options: { durationMs: number; concurrency: number },
): Promise<BackfillWithProgress> {
  const id = await services.database.transaction((transaction) =>
    createBackfill(transaction, { ...options, rendererVersion: RENDERER_VERSION }),
  );
  if (id === undefined) {
    throw new AppError('CONFLICT', 'Another backfill is running or paused; cancel it or wait for its end.');
  }
  services.logger.info({ backfill_id: id, ...options }, 'backfill started');
  return await fetchBackfill(services, id);
}

/**
 * One backfill with its progress.
 *
 * @throws AppError NOT_FOUND
 */
export async function fetchBackfill(services: Services, id: string): Promise<BackfillWithProgress> {
  const backfill = await findBackfill(services.database.orm, id);
  if (backfill === undefined) throw new AppError('NOT_FOUND', `There is no backfill ${id}.`);
  return backfill;
}

/**
 * Pauses a backfill, lets it go on, or ends it. Renders that were handed to the queue already, at most its concurrency, end by
 * themselves. May be repeated.
 *
 * @throws AppError NOT_FOUND; CONFLICT when it has ended in another way
 */
export async function changeBackfill(
  services: Services,
  id: string,
  state: 'RUNNING' | 'PAUSED' | 'CANCELLED',
): Promise<BackfillWithProgress> {
  const changed = await services.database.transaction((transaction) =>
    setBackfillState(transaction, id, state),
  );
  const backfill = await fetchBackfill(services, id);
  if (!changed && backfill.state !== state) {
    throw new AppError('CONFLICT', `The backfill has ended: it is ${backfill.state}.`);
  }
  if (changed) services.logger.info({ backfill_id: id, state }, 'backfill changed');
  return backfill;
}
