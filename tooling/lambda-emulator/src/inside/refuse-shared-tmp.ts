import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** File that identifies the private folder of a worker. */
export const MARKER_NAME = '.lambda-emulator-private-tmp';

export function mountNamespace(): string {
  return readlinkSync('/proc/self/ns/mnt');
}

/**
 * Throws unless `/tmp` is the private folder of this worker, because Remotion's function deletes everything in `/tmp` at each
 * invocation. It checks three things, of which each alone would be enough: the mount namespace is not that of the emulator,
 * `/tmp` is a mount, and it contains the marker.
 *
 * @param expected.marker random content of the marker file
 * @param expected.outerMountNamespace mount namespace of the emulator
 * @throws Error that names the failed check
 */
export function refuseSharedTmp(expected: { marker: string; outerMountNamespace: string }): void {
  if (mountNamespace() === expected.outerMountNamespace) {
    throw new Error(
      'This worker must not run in the mount namespace of the machine: it would empty its /tmp.',
    );
  }
  const mountPoints = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4]);
  if (!mountPoints.includes('/tmp')) {
    throw new Error(
      'This worker must not run without a private mount at /tmp: it would empty that of the machine.',
    );
  }
  let marker: string | undefined;
  try {
    marker = readFileSync(join('/tmp', MARKER_NAME), 'utf8');
  } catch {
    // Reported below.
  }
  if (marker === undefined || marker === '' || marker !== expected.marker) {
    throw new Error('This worker must not run with this /tmp: it is not the folder that was created for it.');
  }
}
