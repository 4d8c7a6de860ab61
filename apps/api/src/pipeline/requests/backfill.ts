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

/** What a backfill of the current renderer version would find. Changes nothing. */
export function planBackfill(services: Services, durationMs: number): Promise<BackfillSurvey> {
  return surveyBackfill(services.database.orm, { durationMs, rendererVersion: RENDERER_VERSION });
}

/**
 * Starts to render all events without a READY video of the current renderer version. Any process that runs `workOnBackfills`
 * creates its jobs.
 *
 * @param options.concurrency most jobs that are active at the same time, 1..100
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
    throw new AppError(
      'CONFLICT',
      'Another backfill is running or paused. Cancel it, or wait until it has ended.',
    );
  }
  services.logger.info({ backfill_id: id, ...options }, 'backfill started');
  return await fetchBackfill(services, id);
}

/** @throws AppError NOT_FOUND */
export async function fetchBackfill(services: Services, id: string): Promise<BackfillWithProgress> {
  const backfill = await findBackfill(services.database.orm, id);
  if (backfill === undefined) throw new AppError('NOT_FOUND', `There is no backfill ${id}.`);
  return backfill;
}

/**
 * Pauses, resumes or cancels a backfill. Its active jobs, at most its concurrency, still run to their end. May be repeated.
 *
 * @throws AppError NOT_FOUND; CONFLICT when it has ended in another state
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
