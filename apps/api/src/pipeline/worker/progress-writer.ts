import { recordRenderProgress } from '@defrag/db';
import type { Services } from '../services.ts';

const WRITE_INTERVAL_MS = 250;

/**
 * Writes a job's progress into the database a few times a second, and reads there whether a cancellation was requested.
 *
 * @param options.onCancelRequested called when the database says so, perhaps more than once
 * @param options.onError called when a write fails, which does not fail the render
 */
export function startProgressWriter(
  services: Services,
  options: { jobId: string; onCancelRequested(): void; onError(error: unknown): void },
): { report(framesDone: number): void; stop(): Promise<void> } {
  const { jobId } = options;
  let framesDone = 0;
  let writing: Promise<void> | undefined;

  const write = async () => {
    try {
      const { cancelRequested } = await recordRenderProgress(services.database.orm, { jobId, framesDone });
      if (cancelRequested) options.onCancelRequested();
    } catch (error) {
      options.onError(error);
    }
    writing = undefined;
  };
  // A timer sets the pace, not the engine: a cancellation must be noticed even while no frame is finished.
  const timer = setInterval(() => {
    writing ??= write();
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
