import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { numberedVideo } from '@defrag/numbered-video';
import type { PackedPackage } from './packed-package.ts';

const SOURCE_DIR = fileURLToPath(new URL('../consumer', import.meta.url));

/** The compiler of the project that installs the package; an older one than ours, as most have. */
const TYPESCRIPT_VERSION = '5.9.3';
const VITE_VERSION = '8.3.8';

const run = promisify(execFile);

/** An app that has installed the package as anybody would. */
export interface Consumer {
  readonly folder: string;
  /** What one of its modules prints, run by Node with these arguments before its name. */
  runNode(module: string, ...args: string[]): Promise<string>;
  /** What the compiler says of it, with these settings; nothing when all is right. */
  compile(options: object): Promise<string>;
  /** Serves the app, as it is while it is being developed or as it is built. */
  serve(mode: 'dev' | 'built'): Promise<{ url: string; close(): Promise<void> }>;
}

/** A version of React with what belongs to it: packages as npm names them. */
export interface ReactVersion {
  readonly react: string;
  readonly packages: readonly string[];
}

/** Makes a Vite app with a version of React, and installs the packed package in it with npm. */
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
    `vite@${VITE_VERSION}`,
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
      const manifest = JSON.parse(await readFile(join(folder, 'node_modules/vite/package.json'), 'utf8'));
      const entry = join(folder, 'node_modules/vite', manifest.exports['.']);
      const vite: typeof import('vite') = await import(pathToFileURL(entry).href);
      const settings = { root: folder, configFile: false, logLevel: 'error' } as const;
      const address = { host: '127.0.0.1', port: 0 };
      if (mode === 'dev') {
        const server = await (await vite.createServer({ ...settings, server: address })).listen();
        return { url: server.resolvedUrls?.local[0] ?? '', close: () => server.close() };
      }
      const input = ['index.html', 'hydrated.html'].map((page) => join(folder, page));
      await vite.build({ ...settings, build: { rolldownOptions: { input } } });
      const server = await vite.preview({ ...settings, preview: address });
      return { url: server.resolvedUrls?.local[0] ?? '', close: () => server.close() };
    },
  };
}

/** One page that the browser renders, and one that comes rendered from the server. */
async function writePages(folder: string, rendered: string): Promise<void> {
  const page = (content: string) =>
    `<!doctype html><html lang="en"><title>Consumer</title><link rel="icon" href="data:,">` +
    `<div id="root">${content}</div><script type="module" src="/client.js"></script></html>`;
  await writeFile(join(folder, 'index.html'), page(''));
  await writeFile(join(folder, 'hydrated.html'), page(rendered));
}
