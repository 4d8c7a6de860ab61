import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const PACKAGE_DIR = fileURLToPath(new URL('../..', import.meta.url));

/** The package as published. */
export interface PackedPackage {
  /** Temporary folder with the tarball and node_modules. */
  readonly folder: string;
  readonly tarball: string;
  /** Folder with the unpacked tarball, in the node_modules of `folder`. */
  readonly contents: string;
}

/** Builds and packs the package as publishing does, with the project's pnpm. */
export async function packPackage(): Promise<PackedPackage> {
  const folder = await mkdtemp(join(tmpdir(), 'defrag-scrubber-'));
  const { packageManager } = JSON.parse(await readFile(join(PACKAGE_DIR, '../../package.json'), 'utf8'));
  const args = ['--yes', '--prefer-offline', packageManager, 'pack', '--pack-destination', folder];
  await run('npx', args, { cwd: PACKAGE_DIR });
  const file = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (!file) throw new Error(`pnpm created no tarball in ${folder}`);
  const contents = join(folder, 'node_modules/@defrag/scrubber');
  await mkdir(contents, { recursive: true });
  await run('tar', ['-xzf', join(folder, file), '--strip-components=1'], { cwd: contents });
  return { folder, tarball: join(folder, file), contents };
}
