import { recordRenderProgress } from '@defrag/db';
import type { Services } from '../services.ts';

/** Milliseconds between two writes of a render's progress. */
const WRITE_INTERVAL_MS = 250;

/**
 * Writes a render's progress into the database, a few times a second whatever the engine reports, and learns there whether
 * somebody asked to cancel it.
 *
 * @param options.onCancelRequested called once, when the database says so
 * @param options.onError called when a write fails; progress is not worth failing a render for
 */
export function startProgressWriter(
  services: Services,
  options: { jobId: string; onCancelRequested(): void; onError(error: unknown): void },
): { report(framesDone: number): void; stop(): Promise<void> } {
  let framesDone = 0;
  let cancelled = false;
  let writing: Promise<void> = Promise.resolve();
  let busy = false;

  const write = async () => {
    try {
      const { cancelRequested } = await recordRenderProgress(services.database.orm, {
        jobId: options.jobId,
        framesDone,
      });
      if (cancelRequested && !cancelled) {
        cancelled = true;
        options.onCancelRequested();
      }
    } catch (error) {
      options.onError(error);
    }
  };
  // A timer, not the reports, sets the pace: a cancelled render must be noticed even while no frame is finished.
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    writing = write().finally(() => {
      busy = false;
    });
  }, WRITE_INTERVAL_MS);

  return {
    report(frames) {
      framesDone = Math.max(framesDone, frames);
    },
    async stop() {
      clearInterval(timer);
      await writing;
    },
  };
}
