import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, stat } from 'node:fs/promises';
import { createRequire, findPackageJSON } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { RENDERER_VERSION } from '@defrag/core';
import { flushToDisk } from '../../files/durable-file.ts';
import { claimScratchFolder } from '../../files/scratch-folder.ts';

const BUNDLE_PROCESS = fileURLToPath(new URL('bundle-process.ts', import.meta.url));

/** Milliseconds that bundling may take. On two busy processors it takes about ten seconds. */
const BUNDLE_TIMEOUT_MS = 300_000;

/** Packages of ours that are in the bundle with all their sources. */
const SOURCE_PACKAGES = ['@defrag/composition', '@defrag/core'];

/** Packages of others that decide what the bundle is; the lockfile pins their dependencies. */
const FOREIGN_PACKAGES = ['@remotion/bundler', 'react', 'react-dom'];

export interface CompositionBundle {
  /** Folder with `index.html` and all that it loads, by relative addresses. Read-only. */
  readonly path: string;
  readonly key: string;
  /** Milliseconds that bundling took; undefined when the bundle existed. */
  readonly bundlingMs: number | undefined;
}

/**
 * Bundles the composition for Remotion, unless this version of it was bundled before. A bundle appears whole or not at all. When
 * several processes bundle at once, all use the bundle of the first to finish.
 *
 * @param bundlesDir where bundles are kept, each in a folder named by its key; made if missing
 * @param onBundling called before bundling starts, which takes seconds
 * @throws Error with the bundler's message, or the error of the file system
 */
export async function bundleComposition(
  bundlesDir: string,
  onBundling?: () => void,
): Promise<CompositionBundle> {
  const key = await bundleKey();
  const path = join(bundlesDir, key);
  if (await isFolder(path)) return { path, key, bundlingMs: undefined };
  onBundling?.();
  const startedAt = performance.now();
  const scratch = await claimScratchFolder(bundlesDir);
  try {
    await scratch.withFolder(async (folder) => {
      const unfinished = join(folder, 'bundle');
      await bundleInto(unfinished);
      for (const file of await filesBelow(unfinished)) await flushToDisk(file);
      await rename(unfinished, path).catch(async (error: unknown) => {
        // Another process was faster; its bundle has the same content.
        if (!(await isFolder(path))) throw error;
      });
    });
  } finally {
    await scratch.release();
  }
  return { path, key, bundlingMs: Math.round(performance.now() - startedAt) };
}

/**
 * The renderer version and a digest of all that is bundled, such as `v1-video-0123456789abcdef`. Equal keys mean equal pictures.
 * Fit for the name of a file or an object.
 *
 * @throws the error of the file system when a source cannot be read
 */
export async function bundleKey(): Promise<string> {
  const hash = createHash('sha256');
  const require = createRequire(import.meta.url);
  for (const name of FOREIGN_PACKAGES) hash.update(await readFile(require.resolve(`${name}/package.json`)));
  for (const name of SOURCE_PACKAGES) {
    const manifest = findPackageJSON(name, import.meta.url);
    if (manifest === undefined) throw new Error(`The package ${name} is not installed.`);
    hash.update(await readFile(manifest));
    for (const path of await filesBelow(join(dirname(manifest), 'src'))) {
      // Name and length too, so that no two trees of files give the same digest.
      const content = await readFile(path);
      const fromPackage = relative(dirname(manifest), path).split(sep).join('/');
      hash.update(`${name}/${fromPackage}\0${content.length}\0`).update(content);
    }
  }
  return `${RENDERER_VERSION}-${hash.digest('hex').slice(0, 16)}`;
}

async function bundleInto(folder: string): Promise<void> {
  const entryPoint = createRequire(import.meta.url).resolve('@defrag/composition/remotion/entry');
  try {
    // The bundler needs nothing of the environment, and must not see its secrets.
    const options = { timeout: BUNDLE_TIMEOUT_MS, killSignal: 'SIGKILL', env: {} } as const;
    await promisify(execFile)(process.execPath, [BUNDLE_PROCESS, entryPoint, folder], options);
  } catch (error) {
    const { killed, stderr = '' } = error as { killed?: boolean; stderr?: string };
    const reason = killed ? `it took longer than ${BUNDLE_TIMEOUT_MS} ms` : stderr.trim();
    throw new Error(`The composition could not be bundled: ${reason}`, { cause: error });
  }
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((file) => join(file.parentPath, file.name)).toSorted();
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
