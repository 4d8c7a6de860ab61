import { readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createApiClient } from '../support/api-client.ts';
import { probeVideo } from '../support/probe-video.ts';
import { runCli, startCli } from '../support/run-cli.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { queryLocal } from '../support/test-database.ts';
import { demoEventId } from '../support/test-services.ts';

async function serverOn(dataDir: string, env: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await startServerProcess(dataDir, env);
  onTestFinished(async () => void (await server.stop()));
  return server;
}

describe('defrag while a server is running', () => {
  it("renders, hits the cache, forces, verifies and migrates on the server's database", async () => {
    const dataDir = await temporaryFolder();
    const server = await serverOn(dataDir);
    const out = join(dataDir, 'out.mp4');
    const args = ['render', '--friction-id', demoEventId(8), '--duration-ms', '1000', '--json'];
    const rendered = await runCli(dataDir, ...args, '--out', out);
    expect(rendered).toMatchObject({ status: 0, stderr: '' });
    const { hash, ...answer } = JSON.parse(rendered.stdout);
    expect(answer).toMatchObject({ status: 'READY', cache_hit: false });
    expect(await probeVideo(out)).toMatchObject({ frames: 30 });
    const cached = await runCli(dataDir, ...args);
    expect(JSON.parse(cached.stdout)).toMatchObject({ hash, cache_hit: true });
    const forced = await runCli(dataDir, ...args, '--force');
    expect(JSON.parse(forced.stdout)).toMatchObject({ hash, cache_hit: false });
    const verified = await runCli(dataDir, 'verify', hash, '--json');
    expect(JSON.parse(verified.stdout)).toMatchObject({ hash, identical: true });
    expect(await runCli(dataDir, 'migrate')).toMatchObject({ status: 0, stdout: 'nothing to do\n' });

    const { admin } = createApiClient(server);
    expect((await admin.videos.byHash.query({ hash })).jobs).toHaveLength(2);
  });

  it('verifies a video whose event has since changed, and leaves no job or file behind', async () => {
    const dataDir = await temporaryFolder();
    const render = ['render', '--friction-id', demoEventId(3), '--duration-ms', '1000', '--json'];
    const { hash } = JSON.parse((await runCli(dataDir, ...render)).stdout);
    const server = await serverOn(dataDir);
    await queryLocal(dataDir, 'update video_details set content_sha256 = $1', ['0'.repeat(64)]);
    await queryLocal(dataDir, 'update friction_events set friction_score = 100 - friction_score');

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

  it('renders in its own process when the server has no worker', async () => {
    const dataDir = await temporaryFolder();
    await serverOn(dataDir, { INLINE_WORKER: 'false' });
    const rendered = await runCli(
      dataDir,
      'render',
      '--friction-id',
      demoEventId(4),
      '--duration-ms',
      '1000',
    );
    expect(rendered).toMatchObject({ status: 0, stdout: expect.stringMatching(/^rendered: http/) });
  });

  it("runs the server's jobs as a worker, and keeps running when the server stops", async () => {
    const dataDir = await temporaryFolder();
    const server = await startServerProcess(dataDir, { INLINE_WORKER: 'false' });
    const worker = startCli(dataDir, 'worker');
    const request = { friction_id: demoEventId(5), duration_ms: 1_000 };
    try {
      const { admin } = createApiClient(server);
      const { hash } = await admin.renderVideo.mutate(request);
      await vi.waitFor(
        async () => {
          const { status, jobs } = await admin.videos.byHash.query({ hash });
          expect([status, jobs[0]?.worker]).toEqual(['READY', `${hostname()}:${worker.pid}`]);
        },
        { timeout: 60_000 },
      );
    } finally {
      await server.stop();
    }
    const rendered = await runCli(
      dataDir,
      'render',
      '--friction-id',
      demoEventId(6),
      '--duration-ms',
      '1000',
    );
    expect(rendered).toMatchObject({ status: 0 });
    worker.interrupt();
    expect(await worker.outcome).toMatchObject({ status: 0 });
  });
});
