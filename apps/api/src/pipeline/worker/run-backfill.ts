import { RENDERER_VERSION } from '@defrag/core';
import {
  claimBackfill,
  completeBackfillIfDone,
  nextBackfillItems,
  recordBackfillItem,
  settleBackfillItems,
} from '@defrag/db';
import { inputsOf } from '../friction-event.ts';
import { joinOrCreateJob } from '../join-or-create-job.ts';
import type { Services } from '../services.ts';
import { repeat } from './repeat.ts';

const STEP_INTERVAL_MS = 500;

/** Most jobs that one step creates, so that its transaction stays short. */
const STEP_LIMIT = 20;

/**
 * Lets this process work on the running backfill. Any number of processes may: the one that makes a step locks the backfill's row,
 * and the others skip it.
 *
 * @returns stops it and waits for a running step
 */
export function workOnBackfills(services: Services): () => Promise<void> {
  let failing = false;
  return repeat(STEP_INTERVAL_MS, async () => {
    try {
      await stepBackfill(services);
      failing = false;
    } catch (error) {
      // Once per outage.
      if (!failing) services.logger.warn({ err: error }, 'backfill step failed');
      failing = true;
    }
  });
}

/** Records which of the backfill's jobs have ended, and creates as many as its concurrency allows, in one transaction. */
async function stepBackfill(services: Services): Promise<void> {
  await services.database.transaction(async (transaction) => {
    const backfill = await claimBackfill(transaction, RENDERER_VERSION);
    if (backfill === undefined) return;
    const active = await settleBackfillItems(transaction, backfill.id);
    const room = Math.min(backfill.concurrency - active, STEP_LIMIT);
    const items = room > 0 ? await nextBackfillItems(transaction, backfill.id, room) : [];
    for (const { frictionId, event } of items) {
      const jobId =
        event &&
        (await joinOrCreateJob(services, transaction, {
          event,
          inputs: inputsOf(event, backfill.durationMs),
          forced: false,
          objectIsLost: false,
          inBackground: true,
        }));
      await recordBackfillItem(transaction, { backfillId: backfill.id, frictionId, jobId });
    }
    await completeBackfillIfDone(transaction, backfill.id);
  });
}
