import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { killRounds } from '../support/kill-rounds.ts';

/** Number of kills. Set the variable for a longer run. */
const ROUNDS = Number(process.env['SOAK_ROUNDS'] ?? 30);

it(`makes every acknowledged video READY after ${ROUNDS} kills at random moments`, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'defrag-soak-'));
  const { kills, statuses } = await killRounds({
    dataDir,
    rounds: ROUNDS,
    random: Math.random,
    timeoutMs: 300_000,
    onRound: (round, victim) => process.stdout.write(`kill ${round + 1}: ${victim}\n`),
  });
  expect(kills).toHaveLength(ROUNDS);
  expect([...statuses].filter(([, status]) => status !== 'READY')).toEqual([]);
  await rm(dataDir, { recursive: true, force: true });
});
