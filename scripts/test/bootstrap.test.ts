import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireDiskSpace } from '../bootstrap/disk-space.mjs';
import { explainInstallFailure } from '../bootstrap/install-failure.mjs';
import { SetUpError } from '../bootstrap/set-up-error.mjs';
import { isInstalled, wantedStamp, writeStamp } from '../bootstrap/stamp.mjs';
import { packageFolders, ROOT, readManifest } from '../bootstrap/workspace.mjs';

const execute = promisify(execFile);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'defrag-bootstrap-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('the guard against old versions of Node', () => {
  const GUARD = join(ROOT, 'scripts/require-node-20.cjs');

  async function runUnder(version: string): Promise<{ code: number; stderr: string }> {
    const pretend = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } }); require('${GUARD}')`;
    return execute(process.execPath, ['-e', pretend]).then(
      ({ stderr }) => ({ code: 0, stderr }),
      ({ code, stderr }) => ({ code, stderr }),
    );
  }

  it.each(['0.10.48', '8.17.0', '18.20.4', '19.9.0'])('ends with one line under Node %s', async (version) => {
    const { code, stderr } = await runUnder(version);
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^Node ${version} is too old: [^\n]+ needs Node 20 or newer[^\n]+\n$`));
  });

  it.each(['20.0.0', '22.3.0', '24.21.0', '100.0.0'])('says nothing under Node %s', async (version) => {
    expect(await runUnder(version)).toEqual({ code: 0, stderr: '' });
  });

  it('stands before every command of the root package that the system runs', () => {
    const { scripts } = readManifest('.');
    for (const name of ['start', 'test']) {
      expect(scripts?.[name]).toBe(
        `exec node -r ./scripts/require-node-20.cjs scripts/bootstrap.mjs ${name}`,
      );
    }
  });
});

describe('the stamp of an installation', () => {
  beforeEach(() => {
    for (const path of ['packages/one', 'node_modules']) mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, 'pnpm-workspace.yaml'), 'packages:\n  - packages/*\n');
    writeFileSync(join(folder, 'pnpm-lock.yaml'), 'lock');
    writeFileSync(join(folder, 'package.json'), '{"name":"root"}');
    writeFileSync(join(folder, 'packages/one/package.json'), '{"name":"one","scripts":{"test":"a"}}');
    writeStamp(folder);
  });

  it('fits as long as nothing changes', () => {
    expect(isInstalled(folder)).toBe(true);
  });

  it.each([
    ['the lockfile', 'pnpm-lock.yaml', 'other'],
    ['a setting of pnpm', 'pnpm-workspace.yaml', 'packages:\n  - packages/*\nsavePrefix: ""\n'],
    ['a dependency', 'packages/one/package.json', '{"name":"one","dependencies":{"a":"1"}}'],
    ['the registry', '.npmrc', 'registry=https://registry.example'],
  ])('no longer fits when %s changes', (_what, file, text) => {
    writeFileSync(join(folder, file), text);
    expect(isInstalled(folder)).toBe(false);
  });

  it('no longer fits when a package is added', () => {
    mkdirSync(join(folder, 'packages/two'));
    writeFileSync(join(folder, 'packages/two/package.json'), '{"name":"two"}');
    expect(isInstalled(folder)).toBe(false);
  });

  it('still fits when only a script of a package changes', () => {
    const before = wantedStamp(folder);
    writeFileSync(join(folder, 'packages/one/package.json'), '{"name":"one","scripts":{"test":"b"}}');
    expect(wantedStamp(folder)).toBe(before);
  });
});

describe('packageFolders', () => {
  it('finds the folders that pnpm takes for packages, the root first', async () => {
    const folders = packageFolders();
    expect(folders[0]).toBe('.');
    const lockfile = readFileSync(join(ROOT, 'pnpm-lock.yaml'), 'utf8');
    const importers = /^importers:\n([\s\S]*?)^packages:/m.exec(lockfile)?.[1] ?? '';
    const locked = [...importers.matchAll(/^ {2}([^ ].*):$/gm)].map((match) => match[1]);
    expect([...folders].sort()).toEqual(locked.sort());
  });
});

describe('requireDiskSpace', () => {
  it('is content where there is room', () => {
    expect(() => requireDiskSpace(folder, 1)).not.toThrow();
  });

  it('names what is needed, what there is, and where', () => {
    expect(() => requireDiskSpace(folder, 1e18)).toThrow(SetUpError);
    expect(() => requireDiskSpace(folder, 1e18)).toThrow(
      /^Not enough disk space: the set-up needs 1000000000\.0 GB free at .*, there are \d+\.\d GB\.$/,
    );
  });
});

describe('explainInstallFailure', () => {
  it.each([
    ['npm error code ENOTFOUND\nnpm error network request failed', /npm registry cannot be reached/],
    ['npm error code ECONNREFUSED', /npm registry cannot be reached/],
    [
      'ERR_PNPM_META_FETCH_FAIL: GET https://registry.npmjs.org/zod: error sending request',
      /cannot be reached/,
    ],
    ['Error: ENOSPC: no space left on device, write', /No space left on the disk/],
    ['No space left on device (os error 28)', /No space left on the disk/],
    ['ERR_PNPM_FROZEN_LOCKFILE_WITH_OUTDATED_LOCKFILE: no', /does not match the package\.json files/],
    ['npm error code UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /certificate of the npm registry/],
    ['npm error code E401', /refused the request/],
    ['EACCES: permission denied, mkdir', /cannot be written/],
    ['npx: spawn npx ENOENT', /npx was not found/],
  ])('explains %j in one line', (output, explanation) => {
    const text = explainInstallFailure(output, '/project', 'node_modules/install.log');
    expect(text).toMatch(explanation);
    expect(text.split('\n')).toHaveLength(1);
    expect(text).toContain('Log: node_modules/install.log');
  });

  it('shows the end of the log when it does not know the cause', () => {
    const text = explainInstallFailure('first\n'.repeat(50).concat('the last word\n'), '/project', 'the.log');
    expect(text).toContain('the.log');
    expect(text.split('\n')).toHaveLength(21);
    expect(text.endsWith('the last word')).toBe(true);
  });
});

describe('handOver', () => {
  /** A process that hands over to a script with this source. */
  function handOverTo(source: string) {
    const script = join(folder, 'script.mjs');
    writeFileSync(script, source);
    const handOver = JSON.stringify(join(ROOT, 'scripts/bootstrap/hand-over.mjs'));
    const main = `import { handOver } from ${handOver}; handOver(process.execPath, ${JSON.stringify(script)}, ['a b', '--c']);`;
    return spawn(process.execPath, ['--input-type=module', '-e', main], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  }

  it('passes arguments on and ends with the status of the script', async () => {
    const child = handOverTo('console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 7;');
    const [line] = await once(createInterface({ input: child.stdout }), 'line');
    expect(JSON.parse(line)).toEqual(['a b', '--c']);
    expect(await once(child, 'exit')).toEqual([7, null]);
  });

  it("runs the script in the project's root, with the project's programs first on the path", async () => {
    const child = handOverTo('console.log(JSON.stringify([process.cwd(), process.env.PATH]));');
    const [line] = await once(createInterface({ input: child.stdout }), 'line');
    const [cwd, path] = JSON.parse(line);
    expect(cwd).toBe(ROOT.replace(/\/$/, ''));
    expect(path.startsWith(`${join(ROOT, 'node_modules/.bin')}:`)).toBe(true);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'lets the script end in its own way on %s',
    async (signal) => {
      const child = handOverTo(
        `process.on('${signal}', () => { console.log('ending'); process.exit(0); }); setInterval(() => {}, 1000); console.log('ready');`,
      );
      const lines = createInterface({ input: child.stdout });
      await once(lines, 'line');
      const ended = once(child, 'exit');
      const said = once(lines, 'line');
      child.kill(signal);
      expect((await said)[0]).toBe('ending');
      expect(await ended).toEqual([0, null]);
    },
  );

  it('ends by the signal that ended the script', async () => {
    const child = handOverTo("setInterval(() => {}, 1000); process.kill(process.pid, 'SIGKILL');");
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  });
});

describe('the set-up', () => {
  it('runs without any dependency being installed', async () => {
    // A copy without node_modules, whose npx is not there either: it must come as far as calling it.
    mkdirSync(join(folder, 'scripts'));
    for (const path of ['scripts/bootstrap', 'scripts/bootstrap.mjs', 'scripts/require-node-20.cjs']) {
      cpSync(join(ROOT, path), join(folder, path), { recursive: true });
    }
    for (const file of ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml']) {
      cpSync(join(ROOT, file), join(folder, file));
    }
    const failure: unknown = await execute(
      process.execPath,
      ['-r', './scripts/require-node-20.cjs', 'scripts/bootstrap.mjs', 'start'],
      { cwd: folder, env: { PATH: '/nowhere' } },
    ).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 1, stderr: expect.stringContaining('npx was not found') });
  });
});
