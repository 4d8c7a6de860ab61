import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from '@defrag/db';
import { describe, expect, it } from 'vitest';
import { probeVideo } from '../support/probe-video.ts';
import { runCli } from '../support/run-cli.ts';
import { startServerProcess } from '../support/server-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { demoEventId } from '../support/test-services.ts';

const ONE_SECOND = ['--duration-ms', '1000', '--json'];

describe('defrag', () => {
  it.each([
    [['--help']],
    [['render', '--help']],
    [['verify', '--help']],
    [['worker', '--help']],
    [['migrate', '--help']],
    [['lambda', '--help']],
  ])('explains itself: %j', async (args) => {
    const outcome = await runCli(await temporaryFolder(), ...args);
    expect(outcome).toMatchObject({ status: 0, stderr: '' });
    expect(outcome.stdout).toContain('Usage: defrag');
  });

  it.each([
    [['render'], '--friction-id'],
    [['render', '--friction-id', 'nobody'], 'must be a UUID'],
    [['render', '--friction-id', demoEventId(1), '--duration-ms', '999'], '1000..10000'],
    [['verify', 'abc'], '64 lowercase hexadecimal digits'],
    [['paint'], 'unknown command'],
    [
      ['render', '--friction-id', demoEventId(1), '--out', '/nowhere/out.mp4'],
      'Cannot write /nowhere/out.mp4',
    ],
    [['render', '--friction-id', demoEventId(1), '--out', '/dev/null'], 'is not a file'],
  ])('refuses %j with status 1 and says what would be right', async (args, message) => {
    const outcome = await runCli(await temporaryFolder(), ...args);
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toContain(message);
    expect(outcome.stdout).toBe('');
  });

  it('takes any UUID as an id, as the API does', async () => {
    const outcome = await runCli(
      await temporaryFolder(),
      'render',
      '--friction-id',
      'FFFFFFFF-0000-0000-0000-00000000000F',
    );
    expect(outcome.stderr).toBe('error: There is no friction event ffffffff-0000-0000-0000-00000000000f.\n');
  });

  it('finds out that --out cannot be written before it opens anything', async () => {
    const dataDir = await temporaryFolder();
    const out = join(dataDir, 'missing', 'out.mp4');
    const outcome = await runCli(dataDir, 'render', '--friction-id', demoEventId(1), '--out', out);
    expect(outcome).toEqual({ status: 1, stdout: '', stderr: `error: Cannot write ${out} (ENOENT).\n` });
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('migrates, and the second time has nothing to do', async () => {
    const dataDir = await temporaryFolder();
    const first = await runCli(dataDir, 'migrate', '--json');
    expect(JSON.parse(first.stdout).applied.length).toBeGreaterThan(0);
    expect(await runCli(dataDir, 'migrate', '--json')).toMatchObject({
      status: 0,
      stdout: '{"applied":[],"warnings":[]}\n',
    });
    const database = await openDatabase({ dataDir });
    const { rows } = await database.executeSql(`select to_regclass('pgboss.job')::text as jobs`);
    await database.close();
    expect(rows).toEqual([{ jobs: 'pgboss.job' }]);
  });

  it('renders into a file, finds it in the cache, verifies it, and notices another digest', async () => {
    const dataDir = await temporaryFolder();
    const out = join(dataDir, 'out.mp4');
    const args = ['render', '--friction-id', demoEventId(7), ...ONE_SECOND];
    const rendered = await runCli(dataDir, ...args, '--out', out);
    expect(rendered).toMatchObject({ status: 0 });
    const { hash, ...answer } = JSON.parse(rendered.stdout);
    expect(answer).toEqual({ status: 'READY', url: expect.stringContaining(hash), cache_hit: false, out });
    expect(await probeVideo(out)).toMatchObject({ frames: 30, codec: 'h264' });

    const cached = await runCli(dataDir, ...args);
    expect(JSON.parse(cached.stdout)).toMatchObject({ hash, cache_hit: true });

    const sha256 = createHash('sha256')
      .update(await readFile(out))
      .digest('hex');
    const verified = await runCli(dataDir, 'verify', hash, '--json');
    expect(verified.status).toBe(0);
    expect(JSON.parse(verified.stdout)).toEqual({
      hash,
      identical: true,
      stored_sha256: sha256,
      rendered_sha256: sha256,
    });

    const database = await openDatabase({ dataDir });
    await database.executeSql('update video_details set content_sha256 = $1', ['0'.repeat(64)]);
    await database.close();
    const different = await runCli(dataDir, 'verify', hash, '--json');
    expect(different.status).toBe(1);
    expect(JSON.parse(different.stdout)).toMatchObject({ identical: false, rendered_sha256: sha256 });
    expect(await readdir(join(dataDir, 'scratch'))).toEqual([]);
  });

  it('goes through the server that holds the embedded database', async () => {
    const dataDir = await temporaryFolder();
    const server = await startServerProcess(dataDir);
    try {
      const out = join(dataDir, 'out.mp4');
      const args = ['render', '--friction-id', demoEventId(8), ...ONE_SECOND];
      const rendered = await runCli(dataDir, ...args, '--out', out);
      expect(rendered).toMatchObject({ status: 0, stderr: '' });
      const { hash } = JSON.parse(rendered.stdout);
      expect(await probeVideo(out)).toMatchObject({ frames: 30 });
      const forced = await runCli(dataDir, ...args, '--force');
      expect(JSON.parse(forced.stdout)).toMatchObject({ hash, cache_hit: false });
      const verified = await runCli(dataDir, 'verify', hash, '--json');
      expect(JSON.parse(verified.stdout)).toMatchObject({ hash, identical: true });
      expect((await runCli(dataDir, 'migrate')).stderr).toMatch(
        /^error: The database in .* is in use by process \d+/,
      );
    } finally {
      await server.stop();
    }
  });

  it('says so when there is no such event or video', async () => {
    const dataDir = await temporaryFolder();
    const event = await runCli(dataDir, 'render', '--friction-id', '00000000-0000-4000-8000-000000000999');
    expect(event).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^error: There is no friction event/),
    });
    const video = await runCli(dataDir, 'verify', 'f'.repeat(64));
    expect(video).toMatchObject({ status: 1, stderr: expect.stringMatching(/^error: There is no video/) });
  });
});
