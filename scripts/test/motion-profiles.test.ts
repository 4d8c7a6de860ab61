import { inspect } from 'node:util';
import { deriveMotion } from '@defrag/core';
import { describe, expect, it } from 'vitest';
import { findMotionProfiles, motionProfileFields } from '../logs/motion-profiles.ts';

const profile = deriveMotion({ frictionScore: 72, pressureScore: 55 }, 'a seed');

describe('findMotionProfiles', () => {
  it.each([
    ['as JSON', JSON.stringify(profile)],
    ['as indented JSON', JSON.stringify(profile, null, 2)],
    ['as JSON within a JSON string', JSON.stringify({ parameters: [JSON.stringify(profile)] })],
    ['as Node prints an object', inspect(profile, { depth: 9 })],
  ])('finds a motion profile %s', (_how, text) => {
    const found = new Set(findMotionProfiles(`before\n${text}\nafter`).map(({ field }) => field));
    expect([...found].sort()).toEqual(motionProfileFields());
  });

  it.each(Object.entries(profile).filter(([, part]) => typeof part === 'object'))(
    'finds the part %s alone',
    (_name, part) => {
      expect(findMotionProfiles(JSON.stringify(part))).not.toEqual([]);
    },
  );

  it('tells line and field', () => {
    expect(findMotionProfiles('{}\n{"gapPx":-3}\n')).toEqual([{ line: 2, field: 'gapPx' }]);
  });

  it('lets a sentence name a field, and a log line name a render', () => {
    const log =
      'overlapPx never falls when friction rises\n{"video_hash":"00ff","friction_id":"1","render_duration_ms":1200}\n';
    expect(findMotionProfiles(log)).toEqual([]);
  });
});
