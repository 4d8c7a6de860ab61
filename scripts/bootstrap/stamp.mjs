import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolders, ROOT, readManifest } from './workspace.mjs';

/** Fields of a package.json that decide what is installed. */
const INSTALL_FIELDS = [
  'name',
  'version',
  'bin',
  'packageManager',
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'publishConfig',
];

const STAMP_FILE = 'node_modules/.defrag-stamp';

/**
 * A hash of all that decides what an installation contains: lockfile, settings, the workspace's dependencies, machine.
 *
 * @param {string} [root]
 * @returns {string}
 */
export function wantedStamp(root = ROOT) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', '.npmrc']) {
    hash.update(`${file}\n`);
    if (existsSync(join(root, file))) hash.update(readFileSync(join(root, file)));
  }
  for (const folder of packageFolders(root)) {
    const manifest = readManifest(folder, root);
    hash.update(`${folder}\n${JSON.stringify(INSTALL_FIELDS.map((field) => manifest[field] ?? null))}\n`);
  }
  return hash.digest('hex');
}

/**
 * Whether the last finished installation is the one wanted now.
 *
 * @param {string} [root]
 */
export function isInstalled(root = ROOT) {
  const file = join(root, STAMP_FILE);
  return existsSync(file) && readFileSync(file, 'utf8') === wantedStamp(root);
}

/**
 * Notes that the installation is finished.
 *
 * @param {string} [root]
 */
export function writeStamp(root = ROOT) {
  writeFileSync(join(root, STAMP_FILE), wantedStamp(root));
}
