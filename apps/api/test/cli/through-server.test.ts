import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { openDatabase } from '@defrag/db';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createApiClient } from '../support/api-client.ts';
import { runCli, startCli } from '../support/run-cli.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { demoEventId } from '../support/test-services.ts';

const UNKNOWN_EVENT = '00000000-0000-4000-8000-000000000999';

async function serverOn(dataDir: string, env: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await startServerProcess(dataDir, env);
  onTestFinished(async () => void (await server.stop()));
  return server;
}

/** A port that nobody listens on. */
async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

describe('defrag through the server that holds the embedded database', () => {
  it('verifies the very video, also when its event has changed since, and leaves no job behind', async () => {
    const dataDir = await temporaryFolder();
    const render = ['render', '--friction-id', demoEventId(3), '--duration-ms', '1000', '--json'];
    const { hash } = JSON.parse((await runCli(dataDir, ...render)).stdout);
    const database = await openDatabase({ dataDir });
    await database.executeSql('update video_details set content_sha256 = $1', ['0'.repeat(64)]);
    await database.executeSql('update friction_events set friction_score = 100 - friction_score', []);
    await database.close();

    const server = await serverOn(dataDir);
    const scratchDir = join(dataDir, 'scratch');
    const scratchOfServer = await readdir(scratchDir);
    const outcome = await runCli(dataDir, 'verify', hash, '--json');
    expect(outcome).toMatchObject({ status: 1, stderr: '' });
    expect(JSON.parse(outcome.stdout)).toEqual({
      hash,
      identical: false,
      stored_sha256: '0'.repeat(64),
      rendered_sha256: expect.not.stringMatching(/^0{64}$/),
    });
    const { admin } = createApiClient(server);
    expect((await admin.videos.list.query({})).items).toHaveLength(1);
    expect((await admin.videos.byHash.query({ hash })).jobs).toHaveLength(1);
    expect(await readdir(scratchDir)).toEqual(scratchOfServer);
  });

  it('says in one line what the server refuses', async () => {
    const dataDir = await temporaryFolder();
    await serverOn(dataDir, { DEFRAG_ADMIN_KEY: 'a-key-of-the-environment' });
    const foreign = await runCli(dataDir, 'verify', 'f'.repeat(64));
    expect(foreign.stderr).toMatch(/^error: The server at .* does not take this key\. .*\n$/);
    await writeFile(join(dataDir, 'admin-key'), 'a-key-of-the-environment\n');
    expect(await runCli(dataDir, 'render', '--friction-id', UNKNOWN_EVENT)).toEqual({
      status: 1,
      stdout: '',
      stderr: `error: There is no friction event ${UNKNOWN_EVENT}.\n`,
    });
    expect(await runCli(dataDir, 'verify', 'f'.repeat(64))).toEqual({
      status: 1,
      stdout: '',
      stderr: `error: There is no video ${'f'.repeat(64)}.\n`,
    });
  });

  it('ends an interrupted wait with status 130 and one line, and the render stays queued', async () => {
    const dataDir = await temporaryFolder();
    const server = await serverOn(dataDir, { INLINE_WORKER: 'false' });
    const { admin } = createApiClient(server);
    const command = startCli(dataDir, 'render', '--friction-id', demoEventId(4));
    const states = async () =>
      (await admin.videos.list.query({})).items.map(({ latest_job }) => latest_job?.state);
    await vi.waitFor(async () => expect(await states()).toEqual(['QUEUED']), { timeout: 60_000 });
    command.interrupt();
    expect(await command.outcome).toEqual({
      status: 130,
      stdout: '',
      stderr: 'interrupted; the render stays in the queue\n',
    });
    expect(await states()).toEqual(['QUEUED']);
  });
});

describe('defrag beside a process that holds the embedded database and is no server', () => {
  it.each([
    ['is missing', () => undefined],
    ['is garbage', () => 'garbage'],
    ['has another shape', () => '{"pid":"1"}'],
    ['names another process', (port: number) => JSON.stringify({ pid: 1, url: `http://127.0.0.1:${port}` })],
    [
      'names an address that nobody answers at',
      (port: number) => JSON.stringify({ pid: process.pid, url: `http://127.0.0.1:${port}` }),
    ],
  ])('names the holder in one line when server.json %s', async (_title, content) => {
    const dataDir = await temporaryFolder();
    const database = await openDatabase({ dataDir });
    onTestFinished(() => database.close());
    const text = content(await unusedPort());
    if (text !== undefined) await writeFile(join(dataDir, 'server.json'), text);
    const outcome = await runCli(dataDir, 'render', '--friction-id', demoEventId(1));
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toMatch(
      new RegExp(`^error: The database in .* is in use by process ${process.pid} since .*\\n$`),
    );
  });
});
