import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

export interface ScratchFolder {
  readonly path: string;
  /** Calls `use` with a new, empty folder, and removes that afterwards, even after an error. */
  withFolder<Result>(use: (path: string) => Promise<Result>): Promise<Result>;
  release(): Promise<void>;
}

/** Hours after which folders of another machine's processes count as abandoned. */
const FOREIGN_LEFTOVERS_HOURS = 24;

/**
 * Creates a folder for this process below `rootDir`, and removes those of processes that have ended.
 *
 * The name of a folder identifies its owner (`<host>-<pid>-<start time>-<random>`); the start time distinguishes it from a
 * later process with the same id. Other machines and containers may share `rootDir`; their folders are removed when unchanged for 24 hours.
 */
export async function claimScratchFolder(rootDir: string): Promise<ScratchFolder> {
  await mkdir(rootDir, { recursive: true });
  const host = hostId();
  await removeLeftovers(rootDir, host);
  const path = join(rootDir, `${host}-${process.pid}-${await startTimeOf(process.pid)}-${randomUUID()}`);
  await mkdir(path);
  return {
    path,
    async withFolder(use) {
      const folder = join(path, randomUUID());
      // Recursive, in case the parent was deleted.
      await mkdir(folder, { recursive: true });
      try {
        return await use(folder);
      } finally {
        await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      }
    },
    async release() {
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function removeLeftovers(rootDir: string, host: string): Promise<void> {
  for (const name of await readdir(rootDir)) {
    const owner = /^(?<host>[0-9a-f]{12})-(?<pid>\d+)-(?<startTime>\d+)-[0-9a-f-]{36}$/.exec(name)?.groups;
    if (!owner) continue;
    const path = join(rootDir, name);
    const abandoned =
      owner['host'] === host
        ? (await startTimeOf(Number(owner['pid']))) !== owner['startTime']
        : await isOlderThan(path, FOREIGN_LEFTOVERS_HOURS);
    if (abandoned) await rm(path, { recursive: true, force: true, maxRetries: 3 });
  }
}

function hostId(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 12);
}

/**
 * Start time of a process, in ticks since the boot of the machine. On systems without /proc, `0` for a live process. `undefined`
 * when there is no such process.
 */
async function startTimeOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    // The program's name in parentheses may contain spaces. The start time is field 22, the 20th after the name.
    return status?.slice(status.lastIndexOf(')') + 2).split(' ')[19];
  }
  try {
    process.kill(pid, 0);
    return '0';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? '0' : undefined;
  }
}

async function isOlderThan(path: string, hours: number): Promise<boolean> {
  const status = await stat(path).catch(() => undefined);
  return status !== undefined && Date.now() - status.mtimeMs > hours * 3_600_000;
}
