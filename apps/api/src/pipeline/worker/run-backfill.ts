import { deriveMotion, RENDERER_VERSION, videoHash } from '@defrag/core';
import {
  type Backfill,
  claimBackfill,
  completeBackfillIfDone,
  type Executor,
  nextBackfillItems,
  recordBackfillItem,
  settleBackfillItems,
  type WaitingItem,
} from '@defrag/db';
import { inputsOf } from '../friction-event.ts';
import { queueRenderJob } from '../queue-render-job.ts';
import type { Services } from '../services.ts';
import { repeat } from './repeat.ts';

/** Milliseconds between two looks at the running backfill. */
const STEP_INTERVAL_MS = 500;

/** Most renders that one step hands out, so that its transaction stays short. */
const STEP_LIMIT = 20;

/**
 * Lets this process take its part in running backfills. Any number of processes may: who makes a step holds the backfill's row
 * for as long, the others pass by. Everything that a step knows stands in the database, so any process makes the next one.
 *
 * @returns ends it and waits for a step under way
 */
export function startBackfills(services: Services): () => Promise<void> {
  let failing = false;
  return repeat(STEP_INTERVAL_MS, async () => {
    try {
      await stepBackfill(services);
      failing = false;
    } catch (error) {
      // Once for an outage, however long it lasts.
      if (!failing) services.logger.warn({ err: error }, 'backfill step failed');
      failing = true;
    }
  });
}

/**
 * One step of the running backfill: writes down which of its renders have ended, and hands out as many new ones as its
 * concurrency leaves room for. All of it happens or nothing. Does nothing when none runs.
 */
export async function stepBackfill(services: Services): Promise<void> {
  await services.database.transaction(async (transaction) => {
    const backfill = await claimBackfill(transaction, RENDERER_VERSION);
    if (backfill === undefined) return;
    const underWay = await settleBackfillItems(transaction, backfill.id);
    const room = Math.min(backfill.concurrency - underWay, STEP_LIMIT);
    if (room > 0) {
      const items = await nextBackfillItems(transaction, backfill.id, room);
      for (const item of items) await handOut(services, transaction, { backfill, item });
    }
    await completeBackfillIfDone(transaction, backfill.id);
  });
}

async function handOut(
  services: Services,
  transaction: Executor,
  { backfill, item }: { backfill: Backfill; item: WaitingItem },
): Promise<void> {
  const { frictionId, event } = item;
  let jobId: string | null = null;
  if (event !== null) {
    const inputs = inputsOf(event, backfill.durationMs);
    jobId = await queueRenderJob(services, transaction, {
      event,
      inputs,
      motionProfile: deriveMotion(inputs, inputs.seed),
      hash: videoHash(inputs),
      forced: false,
      objectIsLost: false,
      inBackground: true,
    });
  }
  await recordBackfillItem(transaction, { backfillId: backfill.id, frictionId, jobId });
}
