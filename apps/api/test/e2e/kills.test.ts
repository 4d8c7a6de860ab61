import { expect, it } from 'vitest';
import { killRounds } from '../support/kill-rounds.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// `pnpm soak` does the same thirty times at random moments, with every kind of process.
it.runIf(process.platform === 'linux')(
  'makes every acknowledged video READY when server, worker and PostgreSQL are killed during renders',
  async () => {
    const { statuses } = await killRounds({
      dataDir: await temporaryFolder(),
      rounds: 3,
      random: () => 0.4,
      timeoutMs: 90_000,
    });
    expect(statuses.size).toBeGreaterThanOrEqual(3);
    expect(new Set(statuses.values())).toEqual(new Set(['READY']));
  },
);
