import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MARKER_NAME, mountNamespace } from '../src/inside/refuse-shared-tmp.ts';
import { isolatedCommand, MOUNT_POINTS, whyNotIsolated } from '../src/runtime/isolation.ts';

const PACKAGE_DIR = dirname(import.meta.dirname);
const why = whyNotIsolated();

/** Creates the folders of a worker, with a function that empties `/tmp` like Remotion's and prints the processes it sees. */
async function places() {
  const root = await mkdtemp(join(tmpdir(), 'lambda-isolation-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const [opt, tmp] = [join(root, 'opt'), join(root, 'tmp')];
  await mkdir(tmp);
  await Promise.all(['function', ...MOUNT_POINTS].map((name) => mkdir(join(opt, name), { recursive: true })));
  await writeFile(
    join(opt, 'function/index.js'),
    `const fs = require('node:fs');
     exports.handler = async () => {};
     for (const name of fs.readdirSync('/tmp')) fs.rmSync('/tmp/' + name, { recursive: true });
     console.log('emptied', fs.readdirSync('/proc').filter((name) => /^\\d+$/.test(name)).join());
     process.exit(0);`,
  );
  return { opt, tmp, node: dirname(process.execPath), browser: tmp, emulator: PACKAGE_DIR };
}

function runWorker(
  command: { program: string; args: string[] },
  env: { marker: string; outerMountNamespace: string },
): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(command.program, command.args, {
    env: {
      PATH: process.env['PATH'],
      EMULATOR_TMP_MARKER: env.marker,
      EMULATOR_OUTER_MOUNT_NAMESPACE: env.outerMountNamespace,
    },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, output: stdout + stderr };
}

describe.skipIf(why !== undefined)(`a worker${why === undefined ? '' : ` (skipped: ${why})`}`, () => {
  it('empties its own /tmp, sees no other process and does not touch the /tmp of the machine', async () => {
    const where = await places();
    const outside = await mkdtemp(join(tmpdir(), 'lambda-outside-'));
    onTestFinished(() => rm(outside, { recursive: true, force: true }));
    await writeFile(join(outside, 'file'), 'stays');
    const marker = randomUUID();
    await writeFile(join(where.tmp, MARKER_NAME), marker);
    await writeFile(join(where.tmp, 'left over'), 'goes');
    const ran = runWorker(isolatedCommand(where), { marker, outerMountNamespace: mountNamespace() });
    expect(ran).toMatchObject({ status: 0, output: expect.stringMatching(/^emptied 1$/m) });
    expect(await readdir(where.tmp)).toEqual([]);
    expect(await readdir(outside)).toEqual(['file']);
  });

  it('exits without the marker in /tmp', async () => {
    const where = await places();
    await writeFile(join(where.tmp, 'left over'), 'stays');
    for (const marker of ['', randomUUID()]) {
      const ran = runWorker(isolatedCommand(where), { marker, outerMountNamespace: mountNamespace() });
      expect(ran.status).not.toBe(0);
      expect(ran.output).toContain('it is not the folder that was created for it');
    }
    expect(await readdir(where.tmp)).toEqual(['left over']);
  });

  it('exits without a mount at /tmp, even in its own namespaces', async () => {
    const main = join(PACKAGE_DIR, 'src/inside/main.ts');
    const args = ['--mount', '--pid', '--fork', '--mount-proc', process.execPath, main];
    const asRoot = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
    const command = { program: 'unshare', args: [...asRoot, ...args] };
    const ran = runWorker(command, { marker: randomUUID(), outerMountNamespace: mountNamespace() });
    expect(ran.status).not.toBe(0);
    // Where the machine itself has a mount at /tmp, the marker is missing.
    expect(ran.output).toMatch(/without a private mount at \/tmp|not the folder that was created for it/);
  });
});

it.runIf(process.platform === 'linux')('a worker exits in the mount namespace of the machine', () => {
  const command = { program: process.execPath, args: [join(PACKAGE_DIR, 'src/inside/main.ts')] };
  const ran = runWorker(command, { marker: randomUUID(), outerMountNamespace: mountNamespace() });
  expect(ran.status).not.toBe(0);
  expect(ran.output).toContain('must not run in the mount namespace of the machine');
});
