import { statfsSync } from 'node:fs';
import { SetUpError } from './set-up-error.mjs';

/**
 * Refuses to begin what a folder's disk has no room for.
 *
 * @param {string} folder
 * @param {number} neededBytes
 * @throws {SetUpError}
 */
export function requireDiskSpace(folder, neededBytes) {
  const { bavail, bsize } = statfsSync(folder);
  const freeBytes = bavail * bsize;
  if (freeBytes >= neededBytes) return;
  throw new SetUpError(
    `Not enough disk space: the set-up needs ${gigabytes(neededBytes)} free at ${folder}, there are ${gigabytes(freeBytes)}.`,
  );
}

/** @param {number} bytes */
function gigabytes(bytes) {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
