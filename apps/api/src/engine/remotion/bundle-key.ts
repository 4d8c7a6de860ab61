import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createRequire, findPackageJSON } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { RENDERER_VERSION } from '@defrag/core';

/** Packages of ours that are in the bundle with all their sources. */
const SOURCE_PACKAGES = ['@defrag/composition', '@defrag/core'];

/** Packages of others that decide what the bundle is; what they depend on is pinned by the lockfile. */
const FOREIGN_PACKAGES = ['@remotion/bundler', 'react', 'react-dom'];

/** Hexadecimal digits of the digest in a key. */
const DIGEST_DIGITS = 16;

/**
 * What tells one bundle of the composition from another: the renderer version and a digest of all that is bundled, such as
 * `v1-video-0123456789abcdef`. Fit for the name of a file or an object.
 *
 * @throws the error of the file system when a source cannot be read
 */
export async function bundleKey(): Promise<string> {
  const hash = createHash('sha256');
  const require = createRequire(import.meta.url);
  for (const name of FOREIGN_PACKAGES) hash.update(await readFile(require.resolve(`${name}/package.json`)));
  for (const name of SOURCE_PACKAGES) {
    const manifest = findPackageJSON(name, import.meta.url);
    if (manifest === undefined) throw new Error(`The package ${name} is not installed`);
    hash.update(await readFile(manifest));
    for (const path of await filesBelow(join(dirname(manifest), 'src'))) {
      // The name and the length as well, so that no two trees of files look alike.
      const content = await readFile(path);
      const fromPackage = relative(dirname(manifest), path).split(sep).join('/');
      hash.update(`${name}/${fromPackage}\0${content.length}\0`).update(content);
    }
  }
  return `${RENDERER_VERSION}-${hash.digest('hex').slice(0, DIGEST_DIGITS)}`;
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((file) => join(file.parentPath, file.name)).toSorted();
}
