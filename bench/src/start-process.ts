import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A program of the project in a process of its own. */
export interface StartedProcess {
  readonly pid: number;
  /** The first line of standard output that matched. */
  readonly ready: RegExpExecArray;
  /** Sends SIGTERM and waits for the end. */
  stop(): Promise<void>;
}

/**
 * Starts a module in Node and waits for the line with which it says that it is ready. Its standard error goes to ours.
 *
 * @param env its whole environment, beside PATH
 * @param readyLine what the line looks like
 * @throws Error when it ends before that
 */
export async function startProcess(
  module: string,
  args: readonly string[],
  { env, readyLine }: { env: Readonly<Record<string, string>>; readyLine: RegExp },
): Promise<StartedProcess> {
  const child = spawn(process.execPath, [module, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready = await firstMatch(child, readyLine);
  return {
    pid: child.pid ?? 0,
    ready,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

function firstMatch(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The process ended with ${code}`)));
    if (child.stdout === null) return;
    createInterface(child.stdout).on('line', (line) => {
      const match = pattern.exec(line);
      if (match !== null) resolve(match);
    });
  });
}
