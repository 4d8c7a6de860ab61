import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/**
 * Builds the published files into `dist`: JavaScript and declarations per module, which keeps each module's `'use client'`, and
 * the style sheet. Files are moved into place atomically, because tests may build and pack the package at the same time.
 */
const PACKAGE_DIR = fileURLToPath(new URL('..', import.meta.url));
const DIST_DIR = join(PACKAGE_DIR, 'dist');
const TYPESCRIPT_DIR = join(PACKAGE_DIR, '../../node_modules/typescript');

const freshDir = await mkdtemp(join(PACKAGE_DIR, 'node_modules/.build-'));
try {
  const { bin } = JSON.parse(await readFile(join(TYPESCRIPT_DIR, 'package.json'), 'utf8'));
  const args = [join(TYPESCRIPT_DIR, bin.tsc), '-p', 'tsconfig.build.json', '--outDir', freshDir];
  await promisify(execFile)(process.execPath, args, { cwd: PACKAGE_DIR });
  await cp(join(PACKAGE_DIR, 'src/styles.css'), join(freshDir, 'styles.css'));
  const fresh = await filesIn(freshDir);
  for (const file of fresh) {
    if (file.endsWith('.d.ts')) await nameJavaScript(join(freshDir, file));
    await mkdir(dirname(join(DIST_DIR, file)), { recursive: true });
    await rename(join(freshDir, file), join(DIST_DIR, file));
  }
  for (const file of await filesIn(DIST_DIR)) {
    if (!fresh.includes(file)) await rm(join(DIST_DIR, file), { force: true });
  }
  console.log(`built ${fresh.length} files in ${DIST_DIR}`);
} catch (error) {
  // The compiler reports errors on stdout.
  console.error((error as { stdout?: string }).stdout || error);
  process.exitCode = 1;
} finally {
  await rm(freshDir, { recursive: true, force: true });
}

/** Paths of all files in a folder, relative to it. */
async function filesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1));
}

/** Replaces `.ts` in the imports of a declaration file, which the compiler keeps. */
async function nameJavaScript(file: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replaceAll(/(from '\.{1,2}\/[\w./-]+)\.tsx?'/g, "$1.js'"));
}
