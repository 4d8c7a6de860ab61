import { execFile } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { numberedVideo } from '@defrag/numbered-video';
import { build, createServer, preview } from 'vite';
import type { PackedPackage } from './packed-package.ts';

const SOURCE_DIR = fileURLToPath(new URL('../consumer', import.meta.url));

/** Compiler of the app: older than ours, as in most projects. */
const TYPESCRIPT_VERSION = '5.9.3';

const run = promisify(execFile);

/** An app that has installed the package. */
export interface Consumer {
  readonly folder: string;
  /** Runs a module with Node and these Node arguments. @returns its stdout */
  runNode(module: string, ...args: string[]): Promise<string>;
  /** Type-checks the app. @returns the compiler's errors, or an empty string */
  compile(options: object): Promise<string>;
  /** Serves the app with Vite's development server, or its production build. */
  serve(mode: 'dev' | 'built'): Promise<{ url: string; close(): Promise<void> }>;
}

/** A React version and the npm packages that go with it. */
export interface ReactVersion {
  readonly react: string;
  readonly packages: readonly string[];
}

/** Creates a Vite app with a React version and installs the packed package with npm. */
export async function installConsumer(packed: PackedPackage, version: ReactVersion): Promise<Consumer> {
  const folder = join(packed.folder, `react-${version.react}`);
  await cp(SOURCE_DIR, folder, { recursive: true });
  await mkdir(join(folder, 'public'));
  await cp(await numberedVideo(), join(folder, 'public/numbered.mp4'));
  const manifest = { name: 'consumer', version: '1.0.0', private: true, type: 'module' };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  const packages = [
    packed.tarball,
    `react@${version.react}`,
    `react-dom@${version.react}`,
    ...version.packages,
    `typescript@${TYPESCRIPT_VERSION}`,
  ];
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  await run('npm', ['install', ...quiet, ...packages], { cwd: folder });

  const runNode = async (module: string, ...args: string[]) => {
    const { stdout } = await run(process.execPath, [...args, module], {
      cwd: folder,
      env: { ...process.env, NODE_ENV: 'production' },
    });
    return stdout;
  };
  await writePages(folder, await runNode('render.js'));

  return {
    folder,
    runNode,
    async compile(options) {
      const compilerOptions = { strict: true, noEmit: true, jsx: 'react-jsx', types: [], ...options };
      await writeFile(
        join(folder, 'tsconfig.json'),
        JSON.stringify({ compilerOptions, files: ['typed.tsx'] }),
      );
      return runNode('node_modules/typescript/bin/tsc').catch((error: { stdout: string }) => error.stdout);
    },
    async serve(mode) {
      const settings = { root: folder, configFile: false, logLevel: 'error' } as const;
      const address = { host: '127.0.0.1', port: 0 };
      if (mode === 'dev') {
        const server = await (await createServer({ ...settings, server: address })).listen();
        return { url: server.resolvedUrls?.local[0] ?? '', close: () => server.close() };
      }
      const input = ['index.html', 'hydrated.html'].map((page) => join(folder, page));
      await build({ ...settings, build: { rolldownOptions: { input } } });
      const server = await preview({ ...settings, preview: address });
      return { url: server.resolvedUrls?.local[0] ?? '', close: () => server.close() };
    },
  };
}

/** Writes a client-rendered and a server-rendered page. */
async function writePages(folder: string, rendered: string): Promise<void> {
  const page = (content: string) =>
    `<!doctype html><html lang="en"><title>Consumer</title><link rel="icon" href="data:,">` +
    `<div id="root">${content}</div><script type="module" src="/client.js"></script></html>`;
  await writeFile(join(folder, 'index.html'), page(''));
  await writeFile(join(folder, 'hydrated.html'), page(rendered));
}
