import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RenderEngine, RenderRequest } from '../../src/engine/engine.ts';

/** Runs for each render; may throw, wait for the signal, or return the bytes of the file. */
export type Script = (request: RenderRequest, call: number) => Promise<string> | string;

/** An engine for tests of its callers: it records its calls and writes the bytes that the current script returns. */
export interface ScriptedEngine extends RenderEngine {
  /** Replaces the script and forgets the recorded calls. */
  follow(script: Script): void;
  /** Calls since the last script was set. */
  readonly calls: readonly RenderRequest[];
}

/** A script that succeeds: the bytes depend only on the video hash. */
export const works: Script = ({ inputs }) => `video ${inputs.hash}`;

/** Creates a {@link ScriptedEngine} with the script {@link works}. */
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

/** A script that waits until the request is aborted and rejects with the reason, as an engine does mid-frame. */
export function untilAborted(request: RenderRequest): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = () => reject(request.signal.reason);
    if (request.signal.aborted) stop();
    else request.signal.addEventListener('abort', stop, { once: true });
  });
}
