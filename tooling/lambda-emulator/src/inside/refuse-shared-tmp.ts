import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Name of the file that shows which folder is mounted over `/tmp`. */
export const MARKER_NAME = '.lambda-emulator-private-tmp';

/** What a worker must find in order to be let go. */
export interface PrivateTmp {
  /** The random content of the marker in the folder that is meant to be `/tmp`. */
  readonly marker: string;
  /** Id of the mount namespace of whoever started the worker. */
  readonly outerMountNamespace: string;
}

/** Id of the mount namespace of this process. */
export function mountNamespace(): string {
  return readlinkSync('/proc/self/ns/mnt');
}

/**
 * Throws unless `/tmp` is the private folder of this worker: Remotion's function deletes everything in `/tmp` at each
 * invocation. Three things must hold, each of which would be enough: another mount namespace than outside, a mount at `/tmp`, and the
 * marker in it.
 *
 * @throws Error that says which one does not hold
 */
export function refuseSharedTmp({ marker, outerMountNamespace }: PrivateTmp): void {
  if (mountNamespace() === outerMountNamespace) {
    throw new Error(
      'This worker must not run in the mount namespace of the machine: it would empty its /tmp.',
    );
  }
  const mountPoints = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4]);
  if (!mountPoints.includes('/tmp')) {
    throw new Error(
      'This worker must not run without a private mount at /tmp: it would empty the one of the machine.',
    );
  }
  let found: string | undefined;
  try {
    found = readFileSync(join('/tmp', MARKER_NAME), 'utf8');
  } catch {
    // Said below.
  }
  if (marker === '' || found !== marker) {
    throw new Error('This worker must not run with this /tmp: it is not the folder that was made for it.');
  }
}
