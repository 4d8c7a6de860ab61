import type { RenderRequest } from '../../../src/engine/engine.ts';

/** A render that calls `disturb` once when it is `atFrame` frames far. */
export function disturbed(request: RenderRequest, atFrame: number, disturb: () => void): RenderRequest {
  return {
    ...request,
    onProgress(done) {
      if (done === atFrame) disturb();
    },
  };
}

/** Whether there is a process with this id, be it a zombie; for a negative one, whether there is any of that group. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
