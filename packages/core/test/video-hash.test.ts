import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalInputs,
  objectKey,
  parseCanonicalInputs,
  RENDERER_VERSION,
  type VideoInputs,
  VideoInputsSchema,
  videoHash,
  videoInputs,
} from '../src/index.ts';
import vectors from './vectors/video-hashes.json' with { type: 'json' };

/** The contract implemented independently, with another canonicalization and Node's SHA-256. */
function independentHash(inputs: VideoInputs, rendererVersion: string): string {
  const text = canonicalize({
    friction_score: inputs.frictionScore,
    pressure_score: inputs.pressureScore,
    seed: inputs.seed,
    duration_ms: inputs.durationMs,
    fps: inputs.fps,
    width: inputs.width,
    height: inputs.height,
  });
  return createHash('sha256')
    .update(text + rendererVersion, 'utf8')
    .digest('hex');
}

const score = fc.integer({ min: 0, max: 100 });
const anyInputs = fc
  .record({
    frictionScore: score,
    pressureScore: score,
    seed: fc.string({ unit: 'grapheme' }),
    durationMs: fc.integer({ min: 1_000, max: 10_000 }),
  })
  .map(videoInputs);

describe('videoHash', () => {
  it('has at least 20 pinned vectors from the current renderer version', () => {
    expect(vectors.hashes.length).toBeGreaterThanOrEqual(20);
    expect(vectors.rendererVersion, 'update the vectors together with RENDERER_VERSION').toBe(
      RENDERER_VERSION,
    );
  });

  it.each(vectors.hashes)('is $hash for $frictionScore/$pressureScore, $durationMs ms', (vector) => {
    const { hash, seedRepeat, ...source } = vector;
    const inputs = videoInputs({ ...source, seed: source.seed.repeat(seedRepeat ?? 1) });
    expect(videoHash(inputs)).toBe(hash);
    expect(independentHash(inputs, RENDERER_VERSION)).toBe(hash);
  });

  it('matches an independent implementation for any inputs', () => {
    fc.assert(
      fc.property(anyInputs, fc.string(), (inputs, version) => {
        fc.pre(version.isWellFormed());
        expect(videoHash(inputs, version)).toBe(independentHash(inputs, version));
      }),
    );
  });

  it('differs when any input differs', () => {
    const inputs = videoInputs({ frictionScore: 50, pressureScore: 50, seed: 'seed' });
    const hashes = [
      videoHash(inputs),
      videoHash({ ...inputs, frictionScore: 51 }),
      videoHash({ ...inputs, pressureScore: 51 }),
      videoHash({ ...inputs, seed: 'seed ' }),
      videoHash({ ...inputs, durationMs: 6_001 }),
      videoHash(inputs, 'v2-video'),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('accepts empty, emoji, lone-surrogate, control-character and 10 kB seeds', () => {
    for (const seed of ['', '👩‍🚀', '\ud800', '\u0000\u001f"\\', 'x'.repeat(10_240)]) {
      expect(videoHash(videoInputs({ frictionScore: 1, pressureScore: 2, seed }))).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('is the file name in the object key, below the renderer version', () => {
    expect(objectKey('ab')).toBe(`videos/${RENDERER_VERSION}/ab.mp4`);
  });
});

describe('canonicalInputs', () => {
  it('returns the canonical JSON text defined by the contract', () => {
    expect(canonicalInputs(videoInputs({ frictionScore: 72, pressureScore: 55, seed: 'abc' }))).toBe(
      '{"duration_ms":6000,"fps":30,"friction_score":72,"height":1080,"pressure_score":55,"seed":"abc","width":1920}',
    );
  });

  it('parses back to the original inputs', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        expect(parseCanonicalInputs(canonicalInputs(inputs))).toEqual(inputs);
      }),
    );
  });

  it.each([
    ['frictionScore', { frictionScore: 101 }],
    ['frictionScore', { frictionScore: -1 }],
    ['pressureScore', { pressureScore: 50.5 }],
    ['pressureScore', { pressureScore: Number.NaN }],
    ['durationMs', { durationMs: 999 }],
    ['durationMs', { durationMs: 10_001 }],
    ['seed', { seed: 7 as unknown as string }],
    ['fps', { fps: 60 as 30 }],
  ])('rejects an invalid %s and names it', (field, wrong) => {
    const inputs = { ...videoInputs({ frictionScore: 1, pressureScore: 1, seed: '' }), ...wrong };
    const issues = VideoInputsSchema.safeParse(inputs).error?.issues ?? [];
    expect(issues.map((issue) => issue.path.join('.'))).toEqual([field]);
    expect(() => canonicalInputs(inputs as VideoInputs)).toThrow();
  });
});
