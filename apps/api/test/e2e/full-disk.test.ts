import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createApiClient } from '../support/api-client.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';
import { mountSmallDisk } from '../support/small-disk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { queryLocal } from '../support/test-database.ts';
import { demoEventId } from '../support/test-services.ts';

const SECONDS = { timeout: 60_000, interval: 100 };
const DISK_KIB = 160 * 1_024;

/** Requests a video that was not requested before. */
async function ask(server: ServerProcess, durationMs: number): Promise<{ status: number; hash?: string }> {
  const response = await fetch(`${server.url}/api/v1/admin/render-video`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-defrag-admin-key': server.adminKey },
    body: JSON.stringify({ friction_id: demoEventId(1), duration_ms: durationMs }),
  });
  const { hash } = (await response.json()) as { hash?: string };
  return { status: response.status, ...(hash === undefined ? {} : { hash }) };
}

it("returns 503 while the database's disk is full, recovers when there is space, and stops on SIGTERM", async (context) => {
  const dataDir = join(await temporaryFolder(), 'data');
  await chmod(join(dataDir, '..'), 0o755);
  await mkdir(dataDir, 0o700);
  const disk = join(dataDir, 'postgres');
  if (!(await mountSmallDisk(disk, DISK_KIB))) {
    context.skip('mounting a small disk requires Linux and root');
    return;
  }
  const ballast = join(disk, 'ballast');
  // Writes more than fits, which fails with ENOSPC, then WAL that needs another segment.
  const fill = async () => {
    await writeFile(ballast, Buffer.alloc(DISK_KIB * 1_024)).catch(() => undefined);
    await queryLocal(dataDir, "select pg_logical_emit_message(false, '', repeat('x', 40000000))").catch(
      () => undefined,
    );
  };
  const acknowledged: string[] = [];
  let durationMs = 1_000;
  const askUntil = async (server: ServerProcess, expected: (status: number) => boolean) => {
    await vi.waitFor(async () => {
      durationMs += 1;
      const { status, hash } = await ask(server, durationMs);
      if (status < 300 && hash !== undefined) acknowledged.push(hash);
      expect(status < 300 || status === 503, `status ${status}`).toBe(true);
      expect(expected(status)).toBe(true);
    }, SECONDS);
  };
  const allReady = async (server: ServerProcess) => {
    const { admin } = createApiClient(server);
    await vi.waitFor(async () => {
      for (const hash of acknowledged) {
        expect((await admin.videos.byHash.query({ hash })).status).toBe('READY');
      }
    }, SECONDS);
  };

  const first = await startServerProcess(dataDir);
  onTestFinished(async () => {
    await rm(ballast, { force: true });
    await first.stop();
  });
  await askUntil(first, (status) => status === 202);
  await fill();
  await askUntil(first, (status) => status === 503);
  expect((await fetch(`${first.url}/healthz`)).status).toBe(200);

  await rm(ballast);
  await askUntil(first, (status) => status === 202);
  await allReady(first);

  await fill();
  await askUntil(first, (status) => status === 503);
  // A number is an exit status: the server was not killed by a signal.
  expect(await first.stop()).toEqual(expect.any(Number));

  await rm(ballast);
  const second = await startServerProcess(dataDir);
  await allReady(second);
  expect(await second.stop()).toBe(0);
});
