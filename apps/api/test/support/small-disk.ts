import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';

const run = promisify(execFile);

/**
 * Mounts a disk of the given size at a new folder until the test ends.
 *
 * @returns false where that is not possible: it requires Linux and root
 */
export async function mountSmallDisk(
  path: string,
  sizeKib: number,
  access: 'rw' | 'ro' = 'rw',
): Promise<boolean> {
  await mkdir(path, { recursive: true });
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${sizeKib}k,${access}`, 'tmpfs', path]);
  } catch {
    return false;
  }
  onTestFinished(async () => {
    await run('umount', [path]);
    await rm(path, { recursive: true, force: true });
  });
  return true;
}
