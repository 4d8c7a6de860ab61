import type { RenderRequest } from '../../../src/engine/engine.ts';

/** A render that calls `interrupt` once, when `atFrame` frames are done. */
export function interrupted(request: RenderRequest, atFrame: number, interrupt: () => void): RenderRequest {
  return {
    ...request,
    onProgress(done) {
      if (done === atFrame) interrupt();
    },
  };
}

/** Whether a process with this id exists, be it a zombie; for a negative id, whether any of that group does. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
