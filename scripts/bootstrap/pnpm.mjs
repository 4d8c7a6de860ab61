import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './run-child.mjs';
import { SetUpError } from './set-up-error.mjs';
import { ROOT, readManifest } from './workspace.mjs';

/** pnpm with the version that the project uses, as npx and npm take it. */
export const PNPM = String(readManifest('.')['packageManager']);

/** A folder for PATH in which nothing but that pnpm stands. */
export const PNPM_FOLDER = join(ROOT, 'node_modules/.cache', PNPM.replace('@', '-'));

/**
 * Makes pnpm available to turbo, which calls it for each task: links the one in npm's cache, where npx keeps it, into the
 * project.
 *
 * @throws {SetUpError}
 */
export async function providePnpm() {
  const link = join(PNPM_FOLDER, 'pnpm');
  // False for a dangling link too: somebody may have emptied the cache of npm.
  if (existsSync(link) || process.platform === 'win32') return;
  const lines = /** @type {string[]} */ ([]);
  const exitCode = await runChild('npx', ['--yes', `--package=${PNPM}`, '-c', 'command -v pnpm'], {
    env: process.env,
    onLine: (line) => lines.push(line),
  });
  const target = lines.findLast((line) => line.startsWith('/'));
  if (exitCode !== 0 || target === undefined) {
    throw new SetUpError(['npx cannot provide pnpm:', ...lines].join('\n'));
  }
  mkdirSync(PNPM_FOLDER, { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(target, link);
}
