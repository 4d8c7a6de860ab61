import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RenderEngine, RenderRequest } from '../../src/engine/engine.ts';

/** What the script of an engine does at one call; it may throw, wait for the signal, or give the bytes of the file. */
export type Script = (request: RenderRequest, call: number) => Promise<string> | string;

/** An engine for tests of what surrounds engines: it counts its calls and writes what the script of the moment gives it. */
export interface ScriptedEngine extends RenderEngine {
  /** What the engine does from now on; counts its calls anew. */
  follow(script: Script): void;
  /** Calls since the last script was set. */
  readonly calls: readonly RenderRequest[];
}

/** The script of an engine that works: bytes that depend on the video hash alone. */
export const works: Script = ({ inputs }) => `video ${inputs.hash}`;

/** See {@link ScriptedEngine}. Begins with the script that {@link works}. */
export function scriptedEngine(): ScriptedEngine {
  let script = works;
  let calls: RenderRequest[] = [];
  return {
    name: 'embedded',
    get calls() {
      return calls;
    },
    follow(next) {
      script = next;
      calls = [];
    },
    async render(request) {
      calls.push(request);
      const bytes = Buffer.from(await script(request, calls.length));
      const path = join(request.scratch, 'video.mp4');
      await writeFile(path, bytes);
      const contentSha256 = createHash('sha256').update(bytes).digest('hex');
      return { path, sizeBytes: bytes.length, contentSha256, frames: 180 };
    },
    close: () => Promise.resolve(),
  };
}

/** Waits for the request's abort and rejects with its reason, as an engine does that is in the middle of a frame. */
export function untilAborted(request: RenderRequest): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = () => reject(request.signal.reason);
    if (request.signal.aborted) stop();
    else request.signal.addEventListener('abort', stop, { once: true });
  });
}
