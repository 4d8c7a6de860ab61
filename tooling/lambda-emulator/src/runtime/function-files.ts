import { cp, mkdir, readdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { findBrowser } from '@defrag/browser';
import { unzipSync } from 'fflate';
import { MOUNT_POINTS } from './isolation.ts';

const resolve = createRequire(import.meta.url).resolve;

/** What the archive holds that is the same on every processor; the rest are programs for arm64. */
const PORTABLE_FILES = ['index.js', 'mappings.wasm'];

/**
 * Lays out what workers see as `/opt`: Remotion's function as it is in the archive of `@remotion/lambda`, with compositor and FFmpeg for
 * this machine beside it, and a browser where the function looks for one.
 *
 * @param opt an empty folder
 * @returns folder of the browser, which is to be mounted at `opt/browser`
 */
export async function layOutFunction(opt: string): Promise<{ browserDir: string }> {
  const functionDir = join(opt, 'function');
  await Promise.all(
    [functionDir, join(opt, 'bin'), ...MOUNT_POINTS.map((name) => join(opt, name))].map(makeDir),
  );
  const lambdaDir = dirname(resolve('@remotion/lambda/package.json'));
  const isArm = process.arch === 'arm64';
  const archive = unzipSync(await readFile(join(lambdaDir, 'remotionlambda-arm64.zip')), {
    filter: ({ name }) => isArm || PORTABLE_FILES.includes(name),
  });
  await Promise.all(
    Object.entries(archive).map(([name, bytes]) =>
      writeFile(join(functionDir, name), bytes, { mode: 0o755 }),
    ),
  );
  if (!isArm) await copyPrograms(dirname(resolve('@remotion/compositor-linux-x64-gnu')), functionDir);

  const browser = await realpath(await findBrowser());
  await symlink(join('/opt/browser', basename(browser)), join(opt, 'bin/chromium'));
  return { browserDir: dirname(browser) };
}

/** Everything but the package's own files, which are not the function's. */
async function copyPrograms(from: string, to: string): Promise<void> {
  const names = await readdir(from);
  const programs = names.filter((name) => name.endsWith('.so') || !name.includes('.'));
  await Promise.all(programs.map((name) => cp(join(from, name), join(to, name))));
}

async function makeDir(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
}
