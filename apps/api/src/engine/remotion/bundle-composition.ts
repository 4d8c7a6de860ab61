import { execFile } from 'node:child_process';
import { readdir, rename, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { flushToDisk } from '../../files/durable-file.ts';
import { claimScratchFolder } from '../../files/scratch-folder.ts';
import { bundleKey } from './bundle-key.ts';

const BUNDLE_PROCESS = fileURLToPath(new URL('bundle-process.ts', import.meta.url));

/** Longest time in milliseconds that bundling may take. On two busy processors it takes about ten seconds. */
const BUNDLE_TIMEOUT_MS = 300_000;

/** The composition as a web site that Remotion renders from. */
export interface CompositionBundle {
  /** Folder with `index.html` and all that it loads, by relative addresses. Not to be written to. */
  readonly path: string;
  /** The renderer version and a digest of what is bundled; equal keys mean equal pictures. */
  readonly key: string;
  /** Milliseconds that bundling took; undefined when the bundle was there already. */
  readonly bundlingMs: number | undefined;
}

/**
 * Bundles the composition for Remotion, unless this version of it was bundled before. A bundle appears whole or not at all,
 * also when several processes bundle at once: then one of theirs is used by all.
 *
 * @param bundlesDir where bundles are kept, each in a folder named by its key; made if missing
 * @param onBundling called before bundling begins, which takes seconds; not when the bundle is there
 * @throws Error with the bundler's words as its message, or the error of the file system
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
      await flushFolder(unfinished);
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

async function bundleInto(folder: string): Promise<void> {
  const entryPoint = createRequire(import.meta.url).resolve('@defrag/composition/remotion/entry');
  try {
    await promisify(execFile)(process.execPath, [BUNDLE_PROCESS, entryPoint, folder], {
      timeout: BUNDLE_TIMEOUT_MS,
      killSignal: 'SIGKILL',
      // The bundler needs nothing of the environment, and a secret has no business in it.
      env: {},
    });
  } catch (error) {
    const { killed, stderr = '' } = error as { killed?: boolean; stderr?: string };
    const reason = killed ? `it took longer than ${BUNDLE_TIMEOUT_MS} ms` : stderr.trim();
    throw new Error(`The composition could not be bundled: ${reason}`, { cause: error });
  }
}

async function flushFolder(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await flushToDisk(join(entry.parentPath, entry.name));
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}
