import { createHash } from 'node:crypto';
import { chmod, mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { findBrowser } from '@defrag/browser';
import { describe, expect, it, vi } from 'vitest';
import { TEST_BUNDLES_DIR } from '../engine/support/test-requests.ts';
import { createApiClient } from '../support/api-client.ts';
import { probeVideo } from '../support/probe-video.ts';
import { runCli, startCli } from '../support/run-cli.ts';
import { startServerProcess } from '../support/server-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { demoEventId } from '../support/test-services.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Creates a data folder and environment for this engine, with the bundle that all tests share. */
async function remotionPlace() {
  const parent = await temporaryFolder();
  await chmod(parent, 0o755);
  const dataDir = join(parent, 'data');
  await mkdir(dataDir);
  await mkdir(TEST_BUNDLES_DIR, { recursive: true });
  await symlink(TEST_BUNDLES_DIR, join(dataDir, 'bundles'));
  return { dataDir, env: { RENDER_ENGINE: 'remotion', DEFRAG_BROWSER: await findBrowser() } };
}

describe('RENDER_ENGINE=remotion', () => {
  it('a server renders a request to a READY video that defrag verify accepts', async () => {
    const place = await remotionPlace();
    const server = await startServerProcess(place.dataDir, place.env);
    const post = () =>
      fetch(`${server.url}/api/v1/admin/render-video`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-defrag-admin-key': server.adminKey,
          prefer: 'wait=60',
        },
        body: JSON.stringify({ friction_id: demoEventId(8), duration_ms: 1_000 }),
      });
    // On a busy machine the render may take longer than the longest allowed wait.
    let response = await post();
    while (response.status === 202) response = await post();
    const answer = (await response.json()) as { url: string; status: string; hash: string };
    expect([response.status, answer.status]).toEqual([200, 'READY']);

    const video = await createApiClient(server).admin.videos.byHash.query({ hash: answer.hash });
    const bytes = Buffer.from(await (await fetch(answer.url)).arrayBuffer());
    const contentSha256 = createHash('sha256').update(bytes).digest('hex');
    expect(video).toMatchObject({
      engine: 'remotion',
      content_sha256: contentSha256,
      size_bytes: bytes.length,
    });
    const stored = join(place.dataDir, 'store', new URL(answer.url).pathname);
    expect(await probeVideo(stored)).toMatchObject({ frames: 30, codec: 'h264', durationSeconds: 1 });

    // The command renders in its own process and browser, on the server's database.
    const verified = await runCli(place, 'verify', answer.hash, '--json');
    expect(verified).toMatchObject({ status: 0 });
    expect(JSON.parse(verified.stdout)).toMatchObject({ identical: true, stored_sha256: contentSha256 });
    const otherEngine = await runCli(place.dataDir, 'verify', answer.hash);
    expect(otherEngine.status).toBe(1);
    expect(otherEngine.stderr).toContain('made by remotion');

    expect(await server.stop()).toBe(0);
    const render = server
      .logs()
      .find((entry) => entry['video_hash'] === answer.hash && entry['msg'] === 'render');
    expect(render).toMatchObject({ engine: 'remotion', status: 'READY', cache_hit: false });
    // Only the log and the four lines that the server prints when it is ready.
    const words = server.lines.filter((line) => !line.startsWith('{'));
    expect(words.map((line) => line.split(' ')[0])).toEqual(['admin', 'ready', 'database:', 'try:']);
    expect(await readdir(join(place.dataDir, 'scratch'))).toEqual([]);
  });

  it('defrag render leaves the render in the queue and prints one line when interrupted', async () => {
    const place = await remotionPlace();
    const command = startCli(place, 'render', '--friction-id', demoEventId(6), '--duration-ms', '10000');
    await command.stderrContains('rendering');
    command.interrupt();
    const { status, stdout, stderr } = await command.outcome;
    expect({ status, stdout }).toEqual({ status: 130, stdout: '' });
    const lines = stderr.split('\n').filter((line) => !line.startsWith('rendering') && line.trim() !== '');
    expect(lines).toEqual(['interrupted; the render stays in the queue']);
    expect(await readdir(join(place.dataDir, 'scratch'))).toEqual([]);
  });
});
