import { readdirSync, readFileSync } from 'node:fs';

/** A process of the system, as far as tests look at it. */
export interface SystemProcess {
  readonly pid: number;
  /** The first 15 characters of the program's name. */
  readonly name: string;
}

/** The processes that a process has started itself, from /proc. None when there is no such process. */
export function childProcesses(parentPid: number): SystemProcess[] {
  return readdirSync('/proc')
    .map(Number)
    .flatMap((pid) => {
      const status = Number.isInteger(pid) ? statusOf(pid) : undefined;
      return status?.parentPid === parentPid ? [{ pid, name: status.name }] : [];
    });
}

function statusOf(pid: number): { name: string; parentPid: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in brackets, may hold spaces; the parent is the second field after it.
    const end = text.lastIndexOf(')');
    return {
      name: text.slice(text.indexOf('(') + 1, end),
      parentPid: Number(text.slice(end + 2).split(' ')[1]),
    };
  } catch {
    return undefined;
  }
}
