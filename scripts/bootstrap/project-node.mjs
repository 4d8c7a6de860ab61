import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpError } from './set-up-error.mjs';
import { ROOT } from './workspace.mjs';

/** The oldest major version that runs the project's TypeScript as it is. */
const NODE_MAJOR = 24;

/** Folder of the programs that the dependencies bring. */
export const BIN = join(ROOT, 'node_modules/.bin');

/**
 * The Node that runs the project: the one from the lockfile, or, on a platform that it has none for, the one that runs this
 * script if it is new enough.
 *
 * @returns {string} absolute path
 * @throws {SetUpError}
 */
export function projectNode() {
  const bundled = join(BIN, 'node');
  if (existsSync(bundled)) return bundled;
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath;
  throw new SetUpError(
    `The lockfile brings no Node ${NODE_MAJOR} for ${process.platform} ${process.arch}: install Node ${NODE_MAJOR} (https://nodejs.org) and run this again.`,
  );
}
