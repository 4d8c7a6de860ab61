import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

/** Folders that a worker sees. */
export interface WorkerPlaces {
  /** Becomes `/opt`; `node`, `browser` and `emulator` are mounted into it. */
  readonly opt: string;
  /** Becomes `/tmp`. */
  readonly tmp: string;
  /** Folder of Node's program; becomes `/opt/node`. */
  readonly node: string;
  /** Folder of the browser; becomes `/opt/browser`. */
  readonly browser: string;
  /** This package; becomes `/opt/emulator`. */
  readonly emulator: string;
}

/** Folders in `opt` that others are mounted over. */
export const MOUNT_POINTS = ['node', 'browser', 'emulator'] as const;

/**
 * `/tmp` is mounted last, because the other folders may be in it. The shell gets paths as arguments, so that it never runs one
 * as a command.
 */
const MOUNTS = `
set -e
mount --bind "$2" "$1/node"
mount --bind "$3" "$1/browser"
mount --bind "$4" "$1/emulator"
mount --rbind "$1" /opt
mount --bind "$5" /tmp
cd /
exec /opt/node/node /opt/emulator/src/inside/main.ts
`;

const PROGRAM = 'unshare';

/** Own namespaces for mounts and processes and, unless root, for users. */
function namespaces(): string[] {
  const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  return [...user, ...'--mount --propagation private --pid --fork --kill-child --mount-proc'.split(' ')];
}

export function isolatedCommand(places: WorkerPlaces): { program: string; args: string[] } {
  const { opt, tmp, node, browser, emulator } = places;
  return {
    program: PROGRAM,
    args: [...namespaces(), 'sh', '-c', MOUNTS, 'worker', opt, node, browser, emulator, tmp],
  };
}

/**
 * Why workers cannot be isolated on this machine, in a few words for a test title; undefined when they can. Without isolation
 * nothing may run, because the function empties `/tmp`.
 */
export function whyNotIsolated(): string | undefined {
  if (process.platform !== 'linux') return 'workers need the namespaces of Linux';
  if (process.arch !== 'x64' && process.arch !== 'arm64')
    return `Remotion has no compositor for ${process.arch}`;
  const folder = tmpdir();
  const tried = spawnSync(PROGRAM, [...namespaces(), 'mount', '--bind', folder, folder], {
    encoding: 'utf8',
  });
  if (tried.status === 0) return undefined;
  const reason = tried.error?.message ?? tried.stderr.trim().split('\n')[0];
  return `unshare is not available (${reason})`;
}
