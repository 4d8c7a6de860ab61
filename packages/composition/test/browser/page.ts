import { deriveMotion, type Scores } from '@defrag/core';
import { createRasterFrameSource } from '../../src/hosts/raster-frame-source.ts';
import { loadCanvasKit } from '../../src/hosts/remotion/load-canvaskit.ts';
import { GOLDEN_SIZE, goldenFrames } from '../support/golden-frames.ts';

declare global {
  /** Draws golden frames in this order and returns their SHA-256 by name. */
  var digestFrames: (names: string[]) => Promise<Record<string, string>>;
  /** SHA-256 of each motion profile's JSON text. */
  var digestMotions: (inputs: (Scores & { seed: string; repeat: number })[]) => Promise<string[]>;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

Object.assign(window, {
  async digestFrames(names: string[]): Promise<Record<string, string>> {
    const source = createRasterFrameSource(await loadCanvasKit(), GOLDEN_SIZE);
    const frames = new Map(goldenFrames().map((frame) => [frame.name, frame]));
    const digests: Record<string, string> = {};
    for (const name of names) {
      const frame = frames.get(name);
      if (!frame) throw new Error(`Unknown golden frame ${name}`);
      digests[name] = await sha256(source.draw(frame.profile, frame.progress));
    }
    source.dispose();
    return digests;
  },

  async digestMotions(inputs: (Scores & { seed: string; repeat: number })[]): Promise<string[]> {
    const texts = inputs.map(({ seed, repeat, ...scores }) =>
      JSON.stringify(deriveMotion(scores, seed.repeat(repeat))),
    );
    return Promise.all(texts.map((text) => sha256(new TextEncoder().encode(text))));
  },
});
