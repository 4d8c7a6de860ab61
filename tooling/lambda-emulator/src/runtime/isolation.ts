import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

/** What has to be in the sight of a worker, and where it lies outside. Each is a folder. */
export interface WorkerPlaces {
  /** Becomes `/opt`; the folders that follow are mounted into it. */
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
 * The mounts. `/tmp` is the last one, because the others may lie in it. What the shell is given are arguments and no text, so no path
 * can be taken for a command.
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

/** Namespaces of its own for mounts and processes, which end with the worker, and without root one for users. */
function namespaces(): string[] {
  const asRoot = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  return [
    ...asRoot,
    '--mount',
    '--propagation',
    'private',
    '--pid',
    '--fork',
    '--kill-child',
    '--mount-proc',
  ];
}

/** The command that starts a worker in its namespaces. */
export function isolatedCommand(places: WorkerPlaces): { program: string; args: string[] } {
  const { opt, tmp, node, browser, emulator } = places;
  return {
    program: PROGRAM,
    args: [...namespaces(), 'sh', '-c', MOUNTS, 'worker', opt, node, browser, emulator, tmp],
  };
}

/**
 * Why workers cannot be isolated on this machine, as a few words for the title of a test; undefined when they can. Without isolation
 * nothing runs, since the function empties `/tmp`.
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
  return `unshare is not to be had here (${reason})`;
}
