import { chmodSync } from 'node:fs';

/** A folder for its owner alone. */
export const PRIVATE_FOLDER_MODE = 0o700;
/** A file for its owner alone. */
export const PRIVATE_FILE_MODE = 0o600;

/** Somebody else's file, or a file system without modes: whoever set it up decided. */
const NOT_OURS_TO_CHANGE = ['EPERM', 'ENOTSUP', 'ENOSYS'];

/**
 * Gives a file or folder that may have been created otherwise its mode. It stays as it is where this process may not change
 * that.
 *
 * @throws the error of the operating system for any other reason, such as a path that does not exist
 */
export function makePrivate(path: string, mode: number): void {
  try {
    chmodSync(path, mode);
  } catch (error) {
    if (!NOT_OURS_TO_CHANGE.includes(String((error as { code?: unknown }).code))) throw error;
  }
}
