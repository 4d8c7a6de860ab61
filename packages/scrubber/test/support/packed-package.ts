import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Folder of this package. */
export const PACKAGE_DIR = fileURLToPath(new URL('../..', import.meta.url));

/** The package as it is published. */
export interface PackedPackage {
  /** Folder for whatever a test needs, in which the tarball is. */
  readonly folder: string;
  /** Path of the tarball. */
  readonly tarball: string;
  /** Folder with what is in the tarball; modules of the folder above find it by its name. */
  readonly contents: string;
  /** Removes the folder. */
  remove(): Promise<void>;
}

/** Builds the package and packs it, as publishing does, with the pnpm of the project. */
export async function packPackage(): Promise<PackedPackage> {
  const folder = await mkdtemp(join(tmpdir(), 'defrag-scrubber-'));
  const { packageManager } = JSON.parse(await readFile(join(PACKAGE_DIR, '../../package.json'), 'utf8'));
  const args = ['--yes', '--prefer-offline', packageManager, 'pack', '--pack-destination', folder];
  await run('npx', args, { cwd: PACKAGE_DIR });
  const file = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (!file) throw new Error(`pnpm left no tarball in ${folder}`);
  const contents = join(folder, 'node_modules/@defrag/scrubber');
  await mkdir(contents, { recursive: true });
  await run('tar', ['-xzf', join(folder, file), '--strip-components=1'], { cwd: contents });
  return {
    folder,
    tarball: join(folder, file),
    contents,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
