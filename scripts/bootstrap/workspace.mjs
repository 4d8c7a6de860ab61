import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Folder of the programs that the dependencies bring. */
export const BIN = join(ROOT, 'node_modules/.bin');

/** pnpm in the version of package.json, such as `pnpm@12.0.0`. */
export const PNPM = String(readManifest('.')['packageManager']);

/** Folder that npm installs {@link PNPM} into. */
export const PNPM_FOLDER = join(ROOT, 'node_modules/.cache', PNPM.replace('@', '-'));

/** Where the packages are, as in pnpm-workspace.yaml, which cannot be parsed before anything is installed. */
const PACKAGES = ['bench', 'scripts'];
const FOLDERS_OF_PACKAGES = ['apps', 'packages', 'tooling'];

/** The workspace packages, relative to the root and sorted, the root (`.`) first. */
export function packageFolders() {
  const folders = FOLDERS_OF_PACKAGES.filter((parent) => existsSync(join(ROOT, parent))).flatMap((parent) =>
    readdirSync(join(ROOT, parent)).map((name) => join(parent, name)),
  );
  const isPackage = (/** @type {string} */ folder) => existsSync(join(ROOT, folder, 'package.json'));
  return ['.', ...[...PACKAGES, ...folders].filter(isPackage).sort()];
}

/**
 * The parsed package.json of a workspace package.
 *
 * @param {string} folder relative to the root
 * @returns {{ name: string, scripts?: Record<string, string>, exports?: Record<string, string>, [field: string]: unknown }}
 */
export function readManifest(folder) {
  return JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
}

/** An environment in which `node`, `pnpm`, `turbo` and other programs are the project's, and `node` starts twice as fast the second time. */
export function projectEnvironment() {
  const path = [BIN, join(PNPM_FOLDER, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
  const compileCache = join(ROOT, 'node_modules/.cache/node-compile');
  return { ...process.env, PATH: path, NODE_COMPILE_CACHE: compileCache, TURBO_TELEMETRY_DISABLED: '1' };
}
