import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface SystemProcess {
  readonly pid: number;
  /** The first 15 characters of the program's name. */
  readonly name: string;
}

/** The direct children of a process, from /proc. Empty when there is no such process. */
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
    // The name, in brackets, may contain spaces; the parent is the second field after it.
    const end = text.lastIndexOf(')');
    return {
      name: text.slice(text.indexOf('(') + 1, end),
      parentPid: Number(text.slice(end + 2).split(' ')[1]),
    };
  } catch {
    return undefined;
  }
}

/** The IPv4 and IPv6 addresses that a process listens on, from /proc. IPv6 addresses are in the kernel's notation. */
export function listeningAddresses(pid: number): string[] {
  const sockets = new Set(readdirSync(`/proc/${pid}/fd`).map((name) => linkOf(`/proc/${pid}/fd/${name}`)));
  return ['tcp', 'tcp6'].flatMap((protocol) =>
    readFileSync(`/proc/${pid}/net/${protocol}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === '0A' && sockets.has(`socket:[${fields[9]}]`))
      .map((fields) => readableAddress((fields[1] as string).split(':')[0] as string)),
  );
}

function readableAddress(hexadecimal: string): string {
  if (hexadecimal.length !== 8) return hexadecimal;
  return [...Buffer.from(hexadecimal, 'hex')].toReversed().join('.');
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
