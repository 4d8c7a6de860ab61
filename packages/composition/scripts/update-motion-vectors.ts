/**
 * Updates the pinned motion vectors. Run it only after a bump of RENDERER_VERSION.
 *
 *   node scripts/update-motion-vectors.ts
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { deriveMotion, RENDERER_VERSION } from '@defrag/core';

const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

/** Scores, seed, repetitions of the seed, and label. */
const INPUTS: [friction: number, pressure: number, seed: string, repeat: number, label: string][] = [
  [0, 0, '', 1, 'empty'],
  [0, 0, HASH, 1, 'a hash'],
  [1, 1, HASH, 1, 'a hash'],
  [10, 10, HASH, 1, 'a hash'],
  [12, 10, 'contact-sheet', 1, 'a word'],
  [25, 40, HASH, 1, 'a hash'],
  [33, 67, 'a', 1, 'a letter'],
  [50, 50, HASH, 1, 'a hash'],
  [50, 51, HASH, 1, 'a hash'],
  [51, 50, HASH, 1, 'a hash'],
  [72, 55, HASH, 1, 'a hash'],
  [93, 90, HASH, 1, 'a hash'],
  [93, 90, '', 1, 'empty'],
  [93, 90, '🫠👩‍👩‍👧‍👦', 1, 'emoji'],
  [93, 90, 'é', 1, 'an accent, composed'],
  [93, 90, 'e\u0301', 1, 'an accent, decomposed'],
  [93, 90, '\ud800', 1, 'a lone high surrogate'],
  [93, 90, 'x\udfff', 1, 'a lone low surrogate'],
  [93, 90, '\u0000', 1, 'a zero character'],
  [60, 60, 'seed', 2_560, '10 kB'],
  [100, 0, HASH, 1, 'a hash'],
  [0, 100, HASH, 1, 'a hash'],
  [100, 100, HASH, 1, 'a hash'],
];

const profiles = INPUTS.map(([frictionScore, pressureScore, seed, repeat, label]) => {
  const profile = deriveMotion({ frictionScore, pressureScore }, seed.repeat(repeat));
  const sha256 = createHash('sha256').update(JSON.stringify(profile)).digest('hex');
  return { frictionScore, pressureScore, seed, repeat, label, sha256 };
});
const file = resolve(import.meta.dirname, '../../core/test/vectors/motion-profiles.json');
writeFileSync(file, `${JSON.stringify({ rendererVersion: RENDERER_VERSION, profiles }, null, 2)}\n`);
process.stdout.write(`${file}\n`);
