import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { ADMIN_KEY, demoEventId, openTestServer, readyVideo } from '@defrag/api/test-server';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PACKAGE_DIR = new URL('..', import.meta.url).pathname;
/** The compiler of the project that installs the client: older than ours, as most are. */
const CONSUMER_TYPESCRIPT = '5.9.3';

const run = promisify(execFile);
const { services, server } = await openTestServer();

let project: string;
let tarball: string;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'defrag-client-'));
  await writeFile(
    join(project, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
  );
  const { packageManager } = JSON.parse(await readFile(join(PACKAGE_DIR, '../../package.json'), 'utf8'));
  const pack = ['--yes', '--prefer-offline', packageManager, 'pack', '--pack-destination', project];
  await run('npx', pack, { cwd: PACKAGE_DIR });
  tarball = join(project, (await readdir(project)).find((name) => name.endsWith('.tgz')) ?? 'none');
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  const packages = [tarball, `typescript@${CONSUMER_TYPESCRIPT}`, '@types/node@22'];
  await run('npm', ['install', ...quiet, ...packages], { cwd: project });
}, 300_000);

afterAll(() => rm(project, { recursive: true, force: true }));

/** Every installed package, at any depth. */
async function installedPackages(): Promise<string[]> {
  const { packages } = JSON.parse(await readFile(join(project, 'node_modules/.package-lock.json'), 'utf8'));
  return Object.keys(packages).map((path) =>
    path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
  );
}

async function compile(file: string, source: string, options: object = {}) {
  await writeFile(join(project, file), source);
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    target: 'es2022',
    module: 'nodenext',
    types: ['node'],
    lib: ['es2023'],
    // tRPC's declarations name packages that it does not install.
    skipLibCheck: true,
    ...options,
  };
  await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
  return run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', '.'], { cwd: project }).then(
    () => '',
    (error: { stdout: string }) => error.stdout,
  );
}

const PROGRAM = `
import {
  createDefragClient, type DefragRouter, isDefragError, type RouterInputs, type RouterOutputs, type Video, waitFor,
} from '@defrag/client';

const [url = '', adminKey = '', frictionId = ''] = process.argv.slice(2);
const client = createDefragClient({ url, adminKey });

const request: RouterInputs['admin']['renderVideo'] = { friction_id: frictionId };
const answer = await client.admin.renderVideo.mutate(request, waitFor(1));
const status: 'READY' | 'QUEUED' = answer.status;

const page: RouterOutputs['admin']['videos']['list'] = await client.admin.videos.list.query({ status: 'READY', limit: 10 });
const videos: Video[] = page.items;

let frames = 0;
await new Promise<void>((resolve, reject) => {
  client.admin.videos.progress.subscribe({ hash: answer.hash }, {
    onData: ({ id, data }) => {
      const text: string = id;
      frames = data.frames_done + text.length * 0;
    },
    onError: reject,
    onComplete: resolve,
  });
});

const code = await client.admin.videos.byHash.query({ hash: 'f'.repeat(64) }).then(
  () => undefined,
  (error: unknown) => (isDefragError(error, 'VIDEO_NOT_FOUND') ? error.data.error_code : String(error)),
);

export type Router = DefragRouter;
console.log(JSON.stringify({ status, hash: answer.hash, videos: videos.length, frames, code }));

export async function wrong() {
  // @ts-expect-error a misspelled key
  await client.admin.renderVideo.mutate({ frictionId });
  // @ts-expect-error a string for a number
  await client.admin.renderVideo.mutate({ friction_id: frictionId, duration_ms: '6000' });
  // @ts-expect-error a query is not a mutation
  await client.admin.videos.list.mutate({});
  // @ts-expect-error an unknown status
  await client.admin.videos.list.query({ status: 'DONE' });
  // @ts-expect-error an unknown procedure
  await client.admin.videos.destroy.mutate({});
  // @ts-expect-error a response has no such field
  console.log(answer.motion_profile);
  // @ts-expect-error an unknown code
  isDefragError(undefined, 'NO_SUCH_CODE');
}
`;

describe('the packed client, installed in an empty project', () => {
  it('compiles with full types and calls the server', async () => {
    expect(await compile('program.ts', PROGRAM)).toBe('');
    const { hash } = await readyVideo(services, demoEventId(1));
    const { stdout } = await run(process.execPath, ['program.js', server.url, ADMIN_KEY, demoEventId(1)], {
      cwd: project,
    });
    expect(JSON.parse(stdout)).toEqual({
      status: 'READY',
      hash,
      videos: 1,
      frames: 180,
      code: 'VIDEO_NOT_FOUND',
    });
  });

  it('compiles for bundlers and browsers', async () => {
    const browser = { module: 'esnext', moduleResolution: 'bundler', lib: ['es2023', 'dom', 'dom.iterable'] };
    const source = PROGRAM.replace('process.argv.slice(2)', 'location.hash.split("/")');
    expect(await compile('browser.ts', source, { ...browser, types: [], noEmit: true })).toBe('');
  });

  it('has declarations that compile without skipLibCheck', async () => {
    const errors = await compile('program.ts', PROGRAM, { skipLibCheck: false, noEmit: true });
    expect(
      errors.split('\n').filter((line) => line !== '' && !line.startsWith('node_modules/@trpc/')),
    ).toEqual([]);
  });

  it('installs none of the dependencies of the server', async () => {
    const packages = (await installedPackages()).filter(
      (name) => !/^(typescript|@types\/node|undici-types)$/.test(name),
    );
    expect(packages.sort()).toEqual([
      '@defrag/client',
      '@trpc/client',
      '@trpc/server',
      'eventsource',
      'eventsource-parser',
    ]);
  });

  it('contains only the build, the README and the licence, and mentions no server code', async () => {
    const folder = join(project, 'node_modules/@defrag/client');
    const files = await readdir(folder, { recursive: true });
    expect(files.sort()).toEqual([
      ...['LICENSE', 'README.md', 'dist', 'dist/index.d.ts', 'dist/index.js', 'package.json'],
    ]);
    for (const file of ['dist/index.d.ts', 'dist/index.js']) {
      const text = await readFile(join(folder, file), 'utf8');
      expect([file, /fastify|zod|drizzle|pino|@defrag\/|\.ts['"]/.exec(text)]).toEqual([file, null]);
    }
  });

  it('has no problem that publint or are-the-types-wrong finds', async () => {
    const bytes = Uint8Array.from(await readFile(tarball));
    const { messages, pkg } = await publint({ pack: { tarball: bytes.buffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
    const types = await checkPackage(createPackageFromTarballData(bytes));
    // The package is ESM only: CommonJS and the resolution of Node 10 are not supported.
    const problems = (types.types ? types.problems : []).filter(
      (problem) =>
        !('resolutionKind' in problem) || !['node10', 'node16-cjs'].includes(problem.resolutionKind),
    );
    expect([Boolean(types.types), problems]).toEqual([true, []]);
  });
});
