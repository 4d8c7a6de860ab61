import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';
import { BIN, PNPM, PNPM_FOLDER, packageFolders, projectEnvironment, ROOT } from './workspace.mjs';

/** The set-up cannot continue. The message is for the user and complete. */
export class SetUpError extends Error {}

/** Bytes that a first installation writes (measured: 0.8 GB of packages, 0.3 GB of caches), with some room. */
const NEEDED_BYTES = 1.5e9;

/** Oldest major version of Node that runs the project's TypeScript. */
const NODE_MAJOR = 24;

/** npm and pnpm retry for seconds instead of minutes when there is no network. */
const RETRY = ['fetch-retry-mintimeout=1000', 'fetch-retry-maxtimeout=5000'];

/**
 * Installs what the lockfile names, unless the last complete installation was the same.
 *
 * @throws {SetUpError}
 */
export async function install() {
  const stampFile = join(ROOT, 'node_modules/.defrag-stamp');
  const pnpm = join(PNPM_FOLDER, 'node_modules/.bin/pnpm');
  const stamp = installationStamp();
  if (existsSync(pnpm) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;

  const { bavail, bsize } = statfsSync(ROOT);
  if (!existsSync(stampFile) && bavail * bsize < NEEDED_BYTES) {
    const freeGb = ((bavail * bsize) / 1e9).toFixed(1);
    throw new SetUpError(
      `Not enough disk space: the installation needs 1.5 GB in ${ROOT}, ${freeGb} GB are free.`,
    );
  }
  process.stderr.write('Installing dependencies\n');
  // With a package.json the folder is npm's root; without one npm would look at ours.
  mkdirSync(PNPM_FOLDER, { recursive: true });
  writeFileSync(join(PNPM_FOLDER, 'package.json'), '{}');
  // NODE_ENV=production would leave out the packages that a build needs.
  const { NODE_ENV: _, ...env } = process.env;
  const npmArguments = ['install', `--prefix=${PNPM_FOLDER}`, '--no-audit', '--no-fund', '--no-package-lock'];
  for (const { program, args } of [
    { program: 'npm', args: [...npmArguments, ...RETRY.map((setting) => `--${setting}`), PNPM] },
    {
      program: pnpm,
      args: ['install', '--frozen-lockfile', ...RETRY.map((setting) => `--config.${setting}`)],
    },
  ]) {
    const failure = await run(program, args, { env });
    if (failure === undefined) continue;
    throw new SetUpError(
      failure.includes('ENOENT')
        ? `${program} was not found. Install Node with npm from https://nodejs.org.`
        : `Installing failed (${failure}), see above. Check the network with \`npm ping\`, and the free disk space.`,
    );
  }
  writeFileSync(stampFile, stamp);
}

/** A hash of everything that decides what is installed. */
function installationStamp() {
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc'];
  const manifests = packageFolders().map((folder) => join(folder, 'package.json'));
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const file of [...files, ...manifests]) {
    const path = join(ROOT, file);
    hash.update(`\n${file}\n`).update(existsSync(path) ? readFileSync(path) : '');
  }
  return hash.digest('hex');
}

/**
 * The Node that runs the project: the one from the lockfile or, where the lockfile has none for the platform, the one that
 * runs this script.
 *
 * @returns {string} absolute path
 * @throws {SetUpError}
 */
export function projectNode() {
  const installed = join(BIN, 'node');
  if (existsSync(installed)) return installed;
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath;
  throw new SetUpError(
    `The lockfile has no Node ${NODE_MAJOR} for ${process.platform} ${process.arch}. Install it from https://nodejs.org and try again.`,
  );
}

/**
 * Builds the admin app and what it needs; turbo skips what has not changed.
 *
 * @param {string} node path of the project's Node
 * @throws {SetUpError}
 */
export async function buildApps(node) {
  const turbo = join(ROOT, 'node_modules/turbo/bin/turbo');
  const turboArguments = ['run', 'build', '--filter=./apps/*', '--output-logs=errors-only', '--ui=stream'];
  const failure = await run(node, [turbo, ...turboArguments], { env: projectEnvironment(), quiet: true });
  if (failure !== undefined) throw new SetUpError(`The build failed (${failure}), see above.`);
}
