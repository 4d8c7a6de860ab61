import { durationInFrames, ENCODING, videoInputs } from '@defrag/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunksOf } from '../../../src/engine/embedded/chunk.ts';

const scores = { frictionScore: 1, pressureScore: 2, seed: '' };

test('chunks of any duration are contiguous, full except for the last, and cover the whole video', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_000, max: 10_000 }), (durationMs) => {
      const chunks = chunksOf(videoInputs({ ...scores, durationMs }));
      const framesTotal = durationInFrames(durationMs);
      let next = 0;
      for (const chunk of chunks) {
        expect(chunk.firstFrame).toBe(next);
        expect(chunk.framesTotal).toBe(framesTotal);
        expect(chunk.frames).toBeGreaterThan(0);
        next += chunk.frames;
      }
      expect(next).toBe(framesTotal);
      expect(chunks.slice(0, -1).every(({ frames }) => frames === ENCODING.chunkFrames)).toBe(true);
    }),
  );
});

test('every chunk starts at a keyframe', () => {
  expect(ENCODING.chunkFrames % ENCODING.keyframeIntervalFrames).toBe(0);
});
