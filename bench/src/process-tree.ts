import { readdirSync, readFileSync } from 'node:fs';

/** How to sample the memory of a process tree. */
export interface WatchOptions {
  /** Milliseconds between two samples. (Default: 20) */
  readonly intervalMs?: number;
  /**
   * `resident` counts shared pages once per process; `proportional` counts them once in total, and takes longer. (Default:
   * `resident`)
   */
  readonly memory?: 'resident' | 'proportional';
}

/** File and field in /proc with the memory of a process. */
const MEMORY = {
  resident: { file: 'status', line: /^VmRSS:\s+(\d+) kB$/m },
  proportional: { file: 'smaps_rollup', line: /^Pss:\s+(\d+) kB$/m },
};

/** Resources that a process and all its descendants used. */
export interface ProcessTreeUse {
  /** Largest sum of the memory of all processes, MiB. */
  readonly peakMib: number;
  /** Processor time of the process and its descendants, including ended ones, seconds. */
  readonly cpuSeconds: number;
}

/** Ticks per second of the times in `/proc`; the same on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * Samples the memory of a process and its descendants until `stop` is called. Linux only.
 *
 * @param rootPid the process. (Default: this one)
 * @throws Error on other systems
 */
export function watchProcessTree(
  rootPid: number = process.pid,
  { intervalMs = 20, memory = 'resident' }: WatchOptions = {},
): { stop(): ProcessTreeUse } {
  if (process.platform !== 'linux') throw new Error('Measuring the memory of a process tree requires Linux');
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

/** Processor time of this process's ended children, seconds. Linux only. */
export function endedChildrenCpuSeconds(): number {
  return ticks('self', 15, 16) / TICKS_PER_SECOND;
}

/** Processor time of a process and all its descendants, including ended ones, seconds. */
function cpuSeconds(rootPid: number): number {
  const sum = descendants(rootPid).reduce((total, pid) => total + ticks(pid, 13, 14, 15, 16), 0);
  return sum / TICKS_PER_SECOND;
}

/** Sum of fields of `/proc/<pid>/stat`, counted from 0. The program's name, in brackets, may contain spaces. */
function ticks(pid: number | 'self', ...fields: number[]): number {
  const status = readOr(`/proc/${pid}/stat`, '');
  const afterName = status.slice(status.lastIndexOf(')') + 2).split(' ');
  return fields.reduce((sum, field) => sum + Number(afterName[field - 2] ?? 0), 0);
}

/** A process and all its descendants, from the lists of children that Linux keeps per thread. */
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

/** Returns a fallback, because processes may end between two reads. */
function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}
