import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/**
 * Builds the package of the typed client into `dist/client-package`. Its types come from `src/client` alone, which imports
 * nothing of the server, so that nothing has to be rolled up.
 */
const API_DIR = fileURLToPath(new URL('..', import.meta.url));
const ROOT_DIR = join(API_DIR, '../..');
const PACKAGE_DIR = join(API_DIR, 'dist/client-package');
const CLIENT_DIR = join(PACKAGE_DIR, 'client');

await rm(PACKAGE_DIR, { recursive: true, force: true });
await mkdir(PACKAGE_DIR, { recursive: true });
await promisify(execFile)(process.execPath, [await compiler(), '-p', join(API_DIR, 'tsconfig.client.json')]);
for (const file of await readdir(CLIENT_DIR)) await finish(join(CLIENT_DIR, file));
await writeFile(join(PACKAGE_DIR, 'package.json'), `${JSON.stringify(await manifest(), null, 2)}\n`);
await copyFile(join(ROOT_DIR, 'LICENSE'), join(PACKAGE_DIR, 'LICENSE'));
await copyFile(join(ROOT_DIR, 'docs/client.md'), join(PACKAGE_DIR, 'README.md'));
console.log(`built ${PACKAGE_DIR}`);

async function compiler(): Promise<string> {
  const directory = join(ROOT_DIR, 'node_modules/typescript');
  const { bin } = JSON.parse(await readFile(join(directory, 'package.json'), 'utf8'));
  return join(directory, bin.tsc);
}

/** The compiler leaves the extensions of imports as they are in declarations, and an empty module for each file of types. */
async function finish(file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  if (file.endsWith('.d.ts')) await writeFile(file, text.replaceAll(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'"));
  else if (text.trim() === 'export {};') await rm(file);
}

async function manifest() {
  const { name, version, license, dependencies } = JSON.parse(
    await readFile(join(API_DIR, 'package.json'), 'utf8'),
  );
  const needed = ['@trpc/client', '@trpc/server', 'eventsource'];
  return {
    name,
    version,
    description: 'Typed client of the Defrag Video API.',
    license,
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20' },
    exports: { './client': { types: './client/index.d.ts', default: './client/index.js' } },
    files: ['client'],
    dependencies: Object.fromEntries(needed.map((dependency) => [dependency, dependencies[dependency]])),
  };
}
