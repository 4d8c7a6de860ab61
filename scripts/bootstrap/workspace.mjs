import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the project's root folder. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * The folders of all workspace packages, relative to the root and sorted, the root itself (`.`) first.
 *
 * @param {string} [root]
 * @returns {string[]}
 */
export function packageFolders(root = ROOT) {
  const settings = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8');
  const list = /^packages:\n((?: +- .+\n)+)/m.exec(settings)?.[1] ?? '';
  const patterns = [...list.matchAll(/- ["']?([^"'\n]+)/g)].map((match) => /** @type {string} */ (match[1]));
  const folders = patterns.flatMap((pattern) => {
    if (!pattern.endsWith('/*')) return [pattern];
    const parent = pattern.slice(0, -2);
    return existsSync(join(root, parent))
      ? readdirSync(join(root, parent)).map((name) => `${parent}/${name}`)
      : [];
  });
  return ['.', ...folders.filter((folder) => existsSync(join(root, folder, 'package.json'))).sort()];
}

/**
 * The parsed package.json of a workspace package.
 *
 * @param {string} folder relative to the root
 * @param {string} [root]
 * @returns {{ name: string, version?: string, private?: boolean, scripts?: Record<string, string>, exports?: unknown, [field: string]: unknown }}
 */
export function readManifest(folder, root = ROOT) {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
}
