import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readyVideo } from '../server/support/ready-video.ts';
import {
  ADMIN_KEY,
  openServerServices,
  startServer,
  type TestServer,
} from '../server/support/test-server.ts';
import { demoEventId, type TestServices } from '../support/test-services.ts';

const API_DIR = new URL('../../', import.meta.url).pathname;
const PACKAGE_DIR = join(API_DIR, 'dist/client-package');
/** The compiler of the project that installs the client; an older one than ours, as most have. */
const CONSUMER_TYPESCRIPT = '5.9.3';

const run = promisify(execFile);

let project: string;
let services: TestServices;
let server: TestServer;

const npm = (...args: string[]) =>
  run('npm', [...args, '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'], { cwd: project });

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'defrag-client-'));
  await run(process.execPath, ['scripts/build-client.ts'], { cwd: API_DIR });
  await writeFile(
    join(project, 'package.json'),
    JSON.stringify({ name: 'consumer', private: true, type: 'module' }),
  );
  const { stdout } = await npm('pack', PACKAGE_DIR, '--json');
  const [{ filename }] = JSON.parse(stdout);
  await npm('install', join(project, filename), `typescript@${CONSUMER_TYPESCRIPT}`, '@types/node@22');
  services = await openServerServices();
  server = await startServer(services);
}, 300_000);

afterAll(async () => {
  await server?.app.close();
  await services?.close();
  await rm(project, { recursive: true, force: true });
});

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
    // tRPC's declarations name packages that they do not bring along.
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
} from '@defrag/api/client';

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
  // @ts-expect-error a misspelt key
  await client.admin.renderVideo.mutate({ frictionId });
  // @ts-expect-error a text for a number
  await client.admin.renderVideo.mutate({ friction_id: frictionId, duration_ms: '6000' });
  // @ts-expect-error a query is no mutation
  await client.admin.videos.list.mutate({});
  // @ts-expect-error an unknown status
  await client.admin.videos.list.query({ status: 'DONE' });
  // @ts-expect-error an unknown procedure
  await client.admin.videos.destroy.mutate({});
  // @ts-expect-error an answer has no such field
  console.log(answer.motion_profile);
  // @ts-expect-error an unknown code
  isDefragError(undefined, 'NO_SUCH_CODE');
}
`;

describe('the packed client, installed into an empty project', () => {
  it('compiles with full types, and calls the server', async () => {
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

  it('compiles for bundlers and browsers too', async () => {
    const browser = { module: 'esnext', moduleResolution: 'bundler', lib: ['es2023', 'dom', 'dom.iterable'] };
    const source = PROGRAM.replace('process.argv.slice(2)', 'location.hash.split("/")');
    expect(await compile('browser.ts', source, { ...browser, types: [], noEmit: true })).toBe('');
  });

  it('has declarations of its own without a fault', async () => {
    const errors = await compile('program.ts', PROGRAM, { skipLibCheck: false, noEmit: true });
    expect(
      errors.split('\n').filter((line) => line !== '' && !line.startsWith('node_modules/@trpc/')),
    ).toEqual([]);
  });

  it('brings nothing of the server along', async () => {
    const packages = (await installedPackages()).filter(
      (name) => !/^(typescript|@types\/node|undici-types)$/.test(name),
    );
    expect(packages.sort()).toEqual([
      '@defrag/api',
      '@trpc/client',
      '@trpc/server',
      'eventsource',
      'eventsource-parser',
    ]);
  });

  it('holds its own files alone, which import nothing else', async () => {
    const folder = join(project, 'node_modules/@defrag/api');
    expect((await readdir(folder)).sort()).toEqual(['LICENSE', 'README.md', 'client', 'package.json']);
    for (const file of await readdir(join(folder, 'client'))) {
      const text = await readFile(join(folder, 'client', file), 'utf8');
      expect([file, /fastify|zod|drizzle|pino|@defrag\/(core|db)|\.ts'/.test(text)]).toEqual([file, false]);
    }
  });
});
