import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { RENDERER_VERSION } from '@defrag/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFrameSource, type FrameSource } from '../src/hosts/headless.ts';
import { digestOf, PIXELS_CHANGED, readGoldenFile } from './support/golden-file.ts';
import { GOLDEN_SIZE, type GoldenFrame, goldenFrames } from './support/golden-frames.ts';

const golden = readGoldenFile();
const frames = goldenFrames();
const drawOne = new URL('./support/draw-one.ts', import.meta.url).pathname;

/** A fixed permutation. */
function shuffled<T>(items: readonly T[]): T[] {
  return items.map((_, index) => items[(index * 17 + 5) % items.length] as T);
}

describe('golden frames', () => {
  let source: FrameSource;
  beforeAll(async () => {
    source = await createFrameSource(GOLDEN_SIZE);
  });
  afterAll(() => source.dispose());

  function expectGolden(order: readonly GoldenFrame[]): void {
    const drawn = order.map(({ name, profile, progress }) => [
      name,
      digestOf(source.draw(profile, progress)),
    ]);
    const expected = order.map(({ name }) => [name, golden.digests[name]]);
    expect(drawn, PIXELS_CHANGED).toEqual(expected);
  }

  it('are 6 events x 7 frames from the current renderer version', () => {
    expect(golden.rendererVersion, 'run `pnpm --filter @defrag/composition golden:update`').toBe(
      RENDERER_VERSION,
    );
    expect(Object.keys(golden.digests)).toEqual(frames.map(({ name }) => name));
    expect(frames).toHaveLength(42);
  });

  it('have the same pixels in order', () => expectGolden(frames));
  it('have the same pixels in reverse', () => expectGolden(frames.toReversed()));
  it('have the same pixels shuffled', () => {
    expect(new Set(shuffled(frames)).size).toBe(frames.length);
    expectGolden(shuffled(frames));
  });

  // One frame per event, each at a different progress.
  it.each(frames.filter((_, index) => index % 8 === 0).map(({ name }) => name))(
    'have the same pixels in a fresh process: %s',
    async (name) => {
      const { stdout } = await promisify(execFile)(process.execPath, [drawOne, name]);
      expect(stdout, PIXELS_CHANGED).toBe(golden.digests[name]);
    },
  );
});
