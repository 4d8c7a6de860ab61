import { cp, mkdir, readdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { findBrowser } from '@defrag/browser';
import { unzipSync } from 'fflate';
import { MOUNT_POINTS } from './isolation.ts';

const resolve = createRequire(import.meta.url).resolve;

/** Files of the archive for every processor; the others are programs for arm64. */
const PORTABLE_FILES = ['index.js', 'mappings.wasm'];

/**
 * Fills the folder that workers see as `/opt`: Remotion's function from the archive of `@remotion/lambda`, compositor and
 * FFmpeg for this machine, and a link to a browser at the path that the function expects.
 *
 * @param opt an empty folder
 * @returns folder of the browser, to be mounted at `opt/browser`
 */
export async function layOutFunction(opt: string): Promise<{ browserDir: string }> {
  const functionDir = join(opt, 'function');
  for (const name of ['function', 'bin', ...MOUNT_POINTS]) await mkdir(join(opt, name), { recursive: true });
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
  if (!isArm) {
    const compositor = dirname(resolve('@remotion/compositor-linux-x64-gnu'));
    const programs = (await readdir(compositor)).filter(
      (name) => name.endsWith('.so') || !name.includes('.'),
    );
    await Promise.all(programs.map((name) => cp(join(compositor, name), join(functionDir, name))));
  }

  const browser = await realpath(await findBrowser());
  await symlink(join('/opt/browser', basename(browser)), join(opt, 'bin/chromium'));
  return { browserDir: dirname(browser) };
}
