import type { RenderRequest } from '../../../src/engine/engine.ts';

/** A request that calls `interrupt` once, when `atFrame` frames are done. */
export function interrupted(request: RenderRequest, atFrame: number, interrupt: () => void): RenderRequest {
  return {
    ...request,
    onProgress(done) {
      if (done === atFrame) interrupt();
    },
  };
}

/** Whether a process with this id exists, zombies included; for a negative id, any process of that group. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
