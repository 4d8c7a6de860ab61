import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds between two samples. */
const SAMPLE_INTERVAL_MS = 20;

/** What a process and all its descendants used. */
export interface ProcessTreeUse {
  /** Largest sum of the resident memory, MiB. Pages that processes share are counted once for each of them. */
  readonly peakResidentMib: number;
  /** Processor time of this process and of the descendants that have ended, seconds. */
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
export function watchProcessTree(rootPid: number = process.pid): { stop(): ProcessTreeUse } {
  if (process.platform !== 'linux') throw new Error('The memory of a process tree is measured on Linux only');
  let peakResidentKib = 0;
  const sample = () => {
    let residentKib = 0;
    for (const pid of descendants(rootPid)) {
      residentKib += Number(/^VmRSS:\s+(\d+) kB$/m.exec(readOr(`/proc/${pid}/status`, ''))?.[1] ?? 0);
    }
    peakResidentKib = Math.max(peakResidentKib, residentKib);
  };
  const cpuAtStart = cpuSeconds();
  const timer = setInterval(sample, SAMPLE_INTERVAL_MS);
  return {
    stop() {
      clearInterval(timer);
      sample();
      return {
        peakResidentMib: peakResidentKib / 1_024,
        cpuSeconds: cpuSeconds() - cpuAtStart,
      };
    },
  };
}

/** Processor time of the children of this process that have ended, seconds. Linux only. */
export function endedChildrenCpuSeconds(): number {
  return ticks(15, 16) / TICKS_PER_SECOND;
}

/** The same and that of this process itself. */
function cpuSeconds(): number {
  return ticks(13, 14, 15, 16) / TICKS_PER_SECOND;
}

/** Sum of fields of `/proc/self/stat`, counted from 0. The name of the program, in brackets, may hold spaces. */
function ticks(...fields: number[]): number {
  const status = readFileSync('/proc/self/stat', 'utf8');
  const afterName = status.slice(status.lastIndexOf(')') + 2).split(' ');
  return fields.reduce((sum, field) => sum + Number(afterName[field - 2]), 0);
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
