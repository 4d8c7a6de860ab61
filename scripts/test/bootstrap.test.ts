import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packageFolders, ROOT, readManifest } from '../bootstrap/workspace.mjs';

const execute = promisify(execFile);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'defrag-bootstrap-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('require-node-20.cjs', () => {
  const GUARD = join(ROOT, 'scripts/require-node-20.cjs');

  async function runUnder(version: string): Promise<{ code: number; stderr: string }> {
    const pretend = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } }); require('${GUARD}')`;
    return execute(process.execPath, ['-e', pretend]).then(
      ({ stderr }) => ({ code: 0, stderr }),
      ({ code, stderr }) => ({ code, stderr }),
    );
  }

  it.each(['0.10.48', '18.20.4', '19.9.0'])('exits with one line of error on Node %s', async (version) => {
    const { code, stderr } = await runUnder(version);
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^Node ${version} is too old: [^\n]+ needs Node 20 or newer[^\n]+\n$`));
  });

  it.each(['20.0.0', '24.21.0', '100.0.0'])('prints nothing on Node %s', async (version) => {
    expect(await runUnder(version)).toEqual({ code: 0, stderr: '' });
  });

  it('is loaded by npm start and npm test before anything else', () => {
    const { scripts } = readManifest('.');
    for (const name of ['start', 'test']) {
      expect(scripts?.[name]).toBe(
        `exec node -r ./scripts/require-node-20.cjs scripts/bootstrap.mjs ${name}`,
      );
    }
  });
});

describe('packageFolders', () => {
  it('lists the packages of the lockfile, the root first', () => {
    const folders = packageFolders();
    expect(folders[0]).toBe('.');
    const lockfile = readFileSync(join(ROOT, 'pnpm-lock.yaml'), 'utf8');
    const importers = /^importers:\n([\s\S]*?)^packages:/m.exec(lockfile)?.[1] ?? '';
    const locked = [...importers.matchAll(/^ {2}([^ ].*):$/gm)].map((match) => match[1]);
    expect(folders.toSorted()).toEqual(locked.toSorted());
  });
});

describe('handOver', () => {
  /** A process that hands over to a script with this source. */
  function handOverTo(source: string) {
    const script = join(folder, 'script.mjs');
    writeFileSync(script, source);
    const run = JSON.stringify(join(ROOT, 'scripts/bootstrap/run.mjs'));
    const main = `import { handOver } from ${run}; handOver(process.execPath, ${JSON.stringify(script)}, ['a b', '--c']);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', main], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return { child, lines: createInterface({ input: child.stdout }), exit: once(child, 'exit') };
  }

  it('passes arguments to the script and exits with its status', async () => {
    const { lines, exit } = handOverTo(
      'console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 7;',
    );
    const [line] = await once(lines, 'line');
    expect(JSON.parse(line)).toEqual(['a b', '--c']);
    expect(await exit).toEqual([7, null]);
  });

  it('runs the script in the root folder with the programs of the project first in PATH', async () => {
    const { lines, exit } = handOverTo('console.log(JSON.stringify([process.cwd(), process.env.PATH]));');
    const [line] = await once(lines, 'line');
    const [cwd, path] = JSON.parse(line);
    expect(cwd).toBe(ROOT);
    expect(path.startsWith(`${join(ROOT, 'node_modules/.bin')}:`)).toBe(true);
    await exit;
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'forwards %s and waits for the script',
    async (signal) => {
      const { child, lines, exit } = handOverTo(
        `process.on('${signal}', () => { console.log('stopping'); process.exit(0); }); setInterval(() => {}, 1000); console.log('ready');`,
      );
      await once(lines, 'line');
      const said = once(lines, 'line');
      child.kill(signal);
      expect((await said)[0]).toBe('stopping');
      expect(await exit).toEqual([0, null]);
    },
  );

  it('ends with the signal that ended the script', async () => {
    const { exit } = handOverTo("setInterval(() => {}, 1000); process.kill(process.pid, 'SIGKILL');");
    expect(await exit).toEqual([null, 'SIGKILL']);
  });
});

describe('npm test in a fresh folder', () => {
  let project: string;

  beforeEach(() => {
    project = join(folder, 'project');
    copyProject();
  });

  /** Everything that the set-up reads, and a task that prints its arguments. */
  function copyProject() {
    for (const path of [
      'scripts/bootstrap',
      'scripts/bootstrap.mjs',
      'scripts/require-node-20.cjs',
      'package.json',
      'pnpm-workspace.yaml',
      'pnpm-lock.yaml',
      'packages/core/package.json',
    ]) {
      cpSync(join(ROOT, path), join(project, path), { recursive: true });
    }
    writeFileSync(join(project, 'scripts/test.ts'), "console.log('task', process.argv[2]);");
  }

  /** What `npm test -- --force` runs. */
  async function setUp(env: Record<string, string> = {}) {
    const args = ['-r', './scripts/require-node-20.cjs', 'scripts/bootstrap.mjs', 'test', '--force'];
    return execute(process.execPath, args, { cwd: project, env: { ...process.env, ...env } }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
    );
  }

  it('says that npm is missing when it is not in PATH', async () => {
    expect(await setUp({ PATH: '/nowhere' })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('npm was not found. Install Node with npm'),
    });
  });

  it('shows the cause and what to check when the registry is unreachable', async () => {
    const failed = await setUp({
      npm_config_registry: 'http://127.0.0.1:1/',
      npm_config_cache: join(folder, 'cache'),
      npm_config_fetch_retries: '0',
    });
    expect(failed).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('ECONNREFUSED') });
    expect(failed.stderr).toMatch(
      /\nInstalling failed \(exit status 1\), see above\. Check the network.*\n$/,
    );
  });

  it.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
    'names the needed and the free space when the disk is small (as root on Linux)',
    async ({ skip }) => {
      rmSync(project, { recursive: true });
      mkdirSync(project);
      try {
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', project], { stdio: 'ignore' });
      } catch {
        skip('mount is not allowed here');
      }
      try {
        copyProject();
        expect(await setUp()).toEqual({
          code: 1,
          stdout: '',
          stderr: `Not enough disk space: the installation needs 1.5 GB in ${project}, 0.0 GB are free.\n`,
        });
        expect(existsSync(join(project, 'node_modules'))).toBe(false);
      } finally {
        execFileSync('umount', [project]);
      }
    },
  );

  describe('with an npm and a pnpm that note their calls', () => {
    const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');
    let env: Record<string, string>;

    beforeEach(() => {
      const program = (path: string, text: string) => {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, `#!/bin/sh\n${text}\n`);
        chmodSync(path, 0o755);
      };
      const pnpm = join(folder, 'pnpm');
      program(pnpm, `echo "pnpm $*" >> ${folder}/calls`);
      program(
        join(folder, 'bin/npm'),
        `echo "npm $*" >> ${folder}/calls
         for argument in "$@"; do case $argument in --prefix=*) prefix=\${argument#--prefix=};; esac; done
         mkdir -p "$prefix/node_modules/.bin" && cp ${pnpm} "$prefix/node_modules/.bin/pnpm"`,
      );
      env = { PATH: `${join(folder, 'bin')}:${process.env['PATH']}` };
    });

    it('installs the pinned pnpm, then the lockfile, then runs the task with its arguments', async () => {
      expect(await setUp(env)).toEqual({
        code: 0,
        stdout: 'task --force\n',
        stderr: 'Installing dependencies\n',
      });
      expect(calls()).toEqual([
        expect.stringMatching(new RegExp(`^npm install .* ${readManifest('.')['packageManager']}$`)),
        expect.stringMatching(/^pnpm install --frozen-lockfile/),
      ]);
    });

    it('installs nothing when nothing has changed', async () => {
      await setUp(env);
      expect(await setUp(env)).toEqual({ code: 0, stdout: 'task --force\n', stderr: '' });
      expect(calls()).toHaveLength(2);
    });

    it.each([
      ['the lockfile', 'pnpm-lock.yaml', 'other'],
      ['a setting of pnpm', 'pnpm-workspace.yaml', 'savePrefix: ""\n'],
      ['a dependency', 'packages/core/package.json', '{"name":"one","dependencies":{"a":"1"}}'],
      ['the registry', '.npmrc', 'registry=https://registry.example'],
      ['the list of packages', 'apps/new/package.json', '{}'],
    ])('installs again when %s changes', async (_what, file, text) => {
      await setUp(env);
      mkdirSync(dirname(join(project, file)), { recursive: true });
      writeFileSync(join(project, file), text);
      expect(await setUp(env)).toMatchObject({ code: 0, stderr: 'Installing dependencies\n' });
      expect(calls()).toHaveLength(4);
    });

    it('installs again after an installation that failed', async () => {
      writeFileSync(join(folder, 'pnpm'), '#!/bin/sh\nexit 3\n');
      expect(await setUp(env)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('Installing failed (exit status 3)'),
      });
      writeFileSync(join(folder, 'pnpm'), '#!/bin/sh\n');
      expect(await setUp(env)).toMatchObject({ code: 0, stdout: 'task --force\n' });
    });
  });
});
