import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCanonicalInputs, RENDERER_VERSION, type VideoInputs, videoInputs } from '../src/index.ts';
import { videoHash } from '../src/inputs/video-hash.ts';
import vectors from './vectors/video-hashes.json' with { type: 'json' };

/** A second implementation of the contract: another canonicalization library and Node's own SHA-256. */
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

describe('the hash of video inputs', () => {
  it('is pinned by at least 20 vectors of this renderer version', () => {
    expect(vectors.hashes.length).toBeGreaterThanOrEqual(20);
    expect(vectors.rendererVersion, 'change both together: generate the vectors again').toBe(
      RENDERER_VERSION,
    );
  });

  it.each(vectors.hashes)('is $hash for $frictionScore/$pressureScore, $durationMs ms', (vector) => {
    const { hash, seedRepeat, ...source } = vector;
    const inputs = videoInputs({ ...source, seed: source.seed.repeat(seedRepeat ?? 1) });
    expect(inputs.hash).toBe(hash);
    expect(independentHash(inputs, RENDERER_VERSION)).toBe(hash);
  });

  it('equals an independent computation for any inputs and renderer version', () => {
    fc.assert(
      fc.property(anyInputs, fc.string(), (inputs, version) => {
        fc.pre(version.isWellFormed());
        expect(inputs.hash).toBe(independentHash(inputs, RENDERER_VERSION));
        expect(videoHash(inputs.canonical, version)).toBe(independentHash(inputs, version));
      }),
    );
  });

  it('differs when any input differs', () => {
    const source = { frictionScore: 50, pressureScore: 50, seed: 'seed' };
    const inputs = videoInputs(source);
    const hashes = [
      inputs.hash,
      videoInputs({ ...source, frictionScore: 51 }).hash,
      videoInputs({ ...source, pressureScore: 51 }).hash,
      videoInputs({ ...source, seed: 'seed ' }).hash,
      videoInputs({ ...source, durationMs: 6_001 }).hash,
      videoHash(inputs.canonical, 'v2-video'),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('accepts any string as the seed: empty, emoji, lone surrogate, control characters, 10 kB', () => {
    for (const seed of ['', '👩‍🚀', '\ud800', '\u0000\u001f"\\', 'x'.repeat(10_240)]) {
      expect(videoInputs({ frictionScore: 1, pressureScore: 2, seed }).hash).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it('is part of the object key, under the renderer version', () => {
    const { key, hash } = videoInputs({ frictionScore: 1, pressureScore: 2, seed: '' });
    expect(key).toBe(`videos/${RENDERER_VERSION}/${hash}.mp4`);
  });
});

describe('canonical inputs', () => {
  it('are the text of the contract', () => {
    expect(videoInputs({ frictionScore: 72, pressureScore: 55, seed: 'abc' }).canonical).toBe(
      '{"duration_ms":6000,"fps":30,"friction_score":72,"height":1080,"pressure_score":55,"seed":"abc","width":1920}',
    );
  });

  it('parse back to the same inputs', () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        expect(parseCanonicalInputs(inputs.canonical)).toEqual(inputs);
      }),
    );
  });
});

describe('video inputs', () => {
  const source = { frictionScore: 1, pressureScore: 1, seed: '' };

  it.each([
    ['frictionScore', { frictionScore: 101 }],
    ['frictionScore', { frictionScore: -1 }],
    ['pressureScore', { pressureScore: 50.5 }],
    ['pressureScore', { pressureScore: Number.NaN }],
    ['durationMs', { durationMs: 999 }],
    ['durationMs', { durationMs: 10_001 }],
    ['seed', { seed: 7 as unknown as string }],
  ])('are refused for an invalid %s, which the error names', (field, wrong) => {
    expect(() => videoInputs({ ...source, ...wrong })).toThrow(
      expect.objectContaining({ issues: [expect.objectContaining({ path: [field] })] }),
    );
  });

  it.each([
    ['another format', { fps: 60 }],
    ['an unknown member', { color: 'red' }],
  ])('are refused for a stored text with %s', (_, change) => {
    const text = JSON.stringify({ ...JSON.parse(videoInputs(source).canonical), ...change });
    expect(() => parseCanonicalInputs(text)).toThrow(Object.keys(change)[0]);
  });
});
