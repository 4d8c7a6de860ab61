import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { probeVideo } from '../support/probe-video.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { queryLocal } from '../support/test-database.ts';
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
  ])('prints its usage for %j', async (args) => {
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
  ])('rejects %j with status 1 and says what is valid', async (args, message) => {
    const outcome = await runCli(await temporaryFolder(), ...args);
    expect(outcome.status).toBe(1);
    expect(outcome.stderr).toContain(message);
    expect(outcome.stdout).toBe('');
  });

  it('accepts a UUID of any version, as the API does', async () => {
    const outcome = await runCli(
      await temporaryFolder(),
      'render',
      '--friction-id',
      'FFFFFFFF-0000-0000-0000-00000000000F',
    );
    expect(outcome.stderr).toBe('error: There is no friction event ffffffff-0000-0000-0000-00000000000f.\n');
  });

  it('rejects an unwritable --out before it creates anything in the data folder', async () => {
    const dataDir = await temporaryFolder();
    const out = join(dataDir, 'missing', 'out.mp4');
    const outcome = await runCli(dataDir, 'render', '--friction-id', demoEventId(1), '--out', out);
    expect(outcome).toEqual({ status: 1, stdout: '', stderr: `error: Cannot write ${out} (ENOENT).\n` });
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('migrates on the first run and does nothing on the second', async () => {
    const dataDir = await temporaryFolder();
    const first = await runCli(dataDir, 'migrate', '--json');
    expect(JSON.parse(first.stdout).applied.length).toBeGreaterThan(0);
    expect(await runCli(dataDir, 'migrate', '--json')).toMatchObject({
      status: 0,
      stdout: '{"applied":[],"warnings":[]}\n',
    });
    expect(await queryLocal(dataDir, `select to_regclass('pgboss.job')::text as jobs`)).toEqual([
      { jobs: 'pgboss.job' },
    ]);
  });

  it('renders to a file, hits the cache, verifies, and exits with status 1 on a different digest', async () => {
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

    await queryLocal(dataDir, 'update video_details set content_sha256 = $1', ['0'.repeat(64)]);
    const different = await runCli(dataDir, 'verify', hash, '--json');
    expect(different.status).toBe(1);
    expect(JSON.parse(different.stdout)).toMatchObject({ identical: false, rendered_sha256: sha256 });
    expect(await readdir(join(dataDir, 'scratch'))).toEqual([]);
  });

  it('exits with status 1 for an unknown event or video', async () => {
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
