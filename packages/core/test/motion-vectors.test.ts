import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deriveMotion, RENDERER_VERSION } from '../src/index.ts';

type PinnedMotions = {
  rendererVersion: string;
  profiles: {
    frictionScore: number;
    pressureScore: number;
    seed: string;
    repeat: number;
    label: string;
    sha256: string;
  }[];
};

// Read, not imported: bundlers reject the lone surrogates in some seeds.
const file = new URL('./vectors/motion-profiles.json', import.meta.url);
const pinned = JSON.parse(readFileSync(file, 'utf8')) as PinnedMotions;

describe('pinned motion profiles', () => {
  it('are from the current renderer version', () => {
    expect(pinned.rendererVersion).toBe(RENDERER_VERSION);
    expect(pinned.profiles.length).toBeGreaterThanOrEqual(20);
  });

  it.each(pinned.profiles)(
    'match byte for byte at friction $frictionScore, pressure $pressureScore, seed: $label',
    ({ frictionScore, pressureScore, seed, repeat, sha256 }) => {
      const profile = JSON.stringify(deriveMotion({ frictionScore, pressureScore }, seed.repeat(repeat)));
      expect(
        createHash('sha256').update(profile).digest('hex'),
        'The motion changed: undo the change, or bump RENDERER_VERSION and run `pnpm --filter @defrag/composition motion:update`',
      ).toBe(sha256);
    },
  );
});
