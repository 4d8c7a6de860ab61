import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createApiClient } from '../support/api-client.ts';
import { runCli, startCli } from '../support/run-cli.ts';
import { startServerProcess } from '../support/server-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { queryLocal } from '../support/test-database.ts';
import { demoEventId } from '../support/test-services.ts';

/** The state of every render, oldest first, and whether a worker ever took it, including jobs it put back. */
const renders = (dataDir: string) =>
  queryLocal(dataDir, 'select state, started_at is not null as taken from render_jobs order by queued_at');

describe('defrag without a server', () => {
  it('takes no job from the queue when the video is in the cache', async () => {
    const dataDir = await temporaryFolder();
    const args = ['render', '--friction-id', demoEventId(5), '--duration-ms', '1000', '--json'];
    expect(await runCli(dataDir, ...args)).toMatchObject({ status: 0 });
    const server = await startServerProcess(dataDir, { INLINE_WORKER: 'false' });
    const { admin } = createApiClient(server);
    await admin.renderVideo.mutate({ friction_id: demoEventId(6), duration_ms: 10_000 });
    await server.stop();

    const cached = await runCli(dataDir, ...args);
    expect(JSON.parse(cached.stdout)).toMatchObject({ cache_hit: true });
    expect(await renders(dataDir)).toEqual([
      { state: 'SUCCEEDED', taken: true },
      { state: 'QUEUED', taken: false },
    ]);
  });

  it('exits with status 130 and one line on Ctrl-C, and leaves the render in the queue', async () => {
    const dataDir = await temporaryFolder();
    const command = startCli(dataDir, 'render', '--friction-id', demoEventId(6), '--duration-ms', '10000');
    await command.stderrContains('rendering');
    command.interrupt();
    const { status, stdout, stderr } = await command.outcome;
    expect({ status, stdout }).toEqual({ status: 130, stdout: '' });
    const lines = stderr.split('\n').filter((line) => !line.startsWith('rendering') && line.trim() !== '');
    expect(lines).toEqual(['interrupted; the render stays in the queue']);
    expect(await renders(dataDir)).toEqual([{ state: 'QUEUED', taken: true }]);
    expect(await readdir(join(dataDir, 'scratch'))).toEqual([]);
  });
});
