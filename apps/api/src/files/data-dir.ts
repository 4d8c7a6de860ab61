import { access, constants, mkdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StartupError } from '../process/startup-error.ts';

/** Free space, in megabytes, that a start needs: for the database's growth and some renders. */
const MIN_FREE_MEGABYTES = 200;

/** Mode of a new data folder: only its owner may enter it. */
const PRIVATE_FOLDER_MODE = 0o700;

export interface DataDir {
  readonly root: string;
  /** Root of the filesystem store; object keys start with `videos/`. */
  readonly storeDir: string;
  readonly scratchDir: string;
  /** Bundles of the composition, for the engines that need them. Created when needed. */
  readonly bundlesDir: string;
  readonly adminKeyFile: string;
}

/**
 * Creates the data folder, readable by its owner only, and checks that it can be used. An existing folder keeps its mode.
 *
 * @throws StartupError when it is not writable or the disk is nearly full
 */
export async function prepareDataDir(root: string): Promise<DataDir> {
  const dataDir: DataDir = {
    root,
    storeDir: join(root, 'store'),
    scratchDir: join(root, 'scratch'),
    bundlesDir: join(root, 'bundles'),
    adminKeyFile: join(root, 'admin-key'),
  };
  try {
    await makeFolder(root, PRIVATE_FOLDER_MODE);
    await makeFolder(dataDir.storeDir);
    await makeFolder(dataDir.scratchDir);
    await access(root, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new StartupError(
      `The data folder ${root} cannot be written (${code}). Make it writable, or set DATA_DIR to another folder.`,
      { cause: error },
    );
  }
  const { bavail, bsize } = await statfs(root);
  const freeMegabytes = Math.floor((bavail * bsize) / 1e6);
  if (freeMegabytes < MIN_FREE_MEGABYTES) {
    throw new StartupError(
      `The disk of the data folder ${root} has ${freeMegabytes} MB free. Free at least ${MIN_FREE_MEGABYTES} MB, or set DATA_DIR to another disk.`,
    );
  }
  return dataDir;
}

/** Creates a folder and its missing parents. Node's own recursive `mkdir` never returns in `/proc`, where folders cannot be made. */
async function makeFolder(path: string, mode?: number): Promise<void> {
  if (await isFolder(path)) return;
  if (dirname(path) !== path) await makeFolder(dirname(path));
  await mkdir(path, { mode }).catch(async (error: unknown) => {
    // Another process may have been faster.
    if (!(await isFolder(path))) throw error;
  });
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
