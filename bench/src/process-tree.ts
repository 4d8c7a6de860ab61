import { readdirSync, readFileSync } from 'node:fs';

/** How the memory of a process tree is watched. */
export interface WatchOptions {
  /** Milliseconds between two samples. (Default: 20) */
  readonly intervalMs?: number;
  /**
   * `resident` counts pages that processes share once for each of them; `proportional` counts them once in all, and takes
   * longer. (Default: `resident`)
   */
  readonly memory?: 'resident' | 'proportional';
}

/** Where the kernel tells how much memory a process has, and in which line. */
const MEMORY = {
  resident: { file: 'status', line: /^VmRSS:\s+(\d+) kB$/m },
  proportional: { file: 'smaps_rollup', line: /^Pss:\s+(\d+) kB$/m },
};

/** What a process and all its descendants used. */
export interface ProcessTreeUse {
  /** Largest sum of the memory of all processes, MiB. */
  readonly peakMib: number;
  /** Processor time of the process and its descendants, those that have ended among them, seconds. */
  readonly cpuSeconds: number;
}

/** Ticks per second of the times in `/proc`; the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * Samples the memory of a process and its descendants until `stop` is called. Linux only.
 *
 * @param rootPid the process; this one unless given
 * @throws Error on other systems
 */
export function watchProcessTree(
  rootPid: number = process.pid,
  { intervalMs = 20, memory = 'resident' }: WatchOptions = {},
): { stop(): ProcessTreeUse } {
  if (process.platform !== 'linux') throw new Error('The memory of a process tree is measured on Linux only');
  let peakKib = 0;
  const sample = () => {
    let sumKib = 0;
    for (const pid of descendants(rootPid)) {
      const { file, line } = MEMORY[memory];
      sumKib += Number(line.exec(readOr(`/proc/${pid}/${file}`, ''))?.[1] ?? 0);
    }
    peakKib = Math.max(peakKib, sumKib);
  };
  const cpuAtStart = cpuSeconds(rootPid);
  const timer = setInterval(sample, intervalMs);
  return {
    stop() {
      clearInterval(timer);
      sample();
      return {
        peakMib: peakKib / 1_024,
        cpuSeconds: cpuSeconds(rootPid) - cpuAtStart,
      };
    },
  };
}

/** Processor time of the children of this process that have ended, seconds. Linux only. */
export function endedChildrenCpuSeconds(): number {
  return ticks('self', 15, 16) / TICKS_PER_SECOND;
}

/** Processor time of a process and of all its descendants, those that have ended included, seconds. */
function cpuSeconds(rootPid: number): number {
  const sum = descendants(rootPid).reduce((total, pid) => total + ticks(pid, 13, 14, 15, 16), 0);
  return sum / TICKS_PER_SECOND;
}

/** Sum of fields of `/proc/<pid>/stat`, counted from 0. The name of the program, in brackets, may hold spaces. */
function ticks(pid: number | 'self', ...fields: number[]): number {
  const status = readOr(`/proc/${pid}/stat`, '');
  const afterName = status.slice(status.lastIndexOf(')') + 2).split(' ');
  return fields.reduce((sum, field) => sum + Number(afterName[field - 2] ?? 0), 0);
}

/** The process itself and everything it started, by the lists of children that Linux keeps per thread. */
function descendants(pid: number): number[] {
  const children = threadsOf(pid).flatMap((thread) =>
    readOr(`/proc/${pid}/task/${thread}/children`, '').split(' ').filter(Boolean).map(Number),
  );
  return [pid, ...children.flatMap(descendants)];
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Processes end between two reads. */
function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}
