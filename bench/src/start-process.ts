import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A separate process that runs one of the project's programs. */
export interface StartedProcess {
  readonly pid: number;
  /** The first line of standard output that matched. */
  readonly ready: RegExpExecArray;
  /** Sends SIGTERM and waits for the exit. */
  stop(): Promise<void>;
}

/**
 * Starts a module in Node and waits for the line that says it is ready. Passes its standard error through.
 *
 * @param env its whole environment, except PATH
 * @param readyLine pattern of the line
 * @throws Error when it exits first
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
    child.once('exit', (code) => reject(new Error(`The process exited with ${code}`)));
    if (child.stdout === null) return;
    createInterface(child.stdout).on('line', (line) => {
      const match = pattern.exec(line);
      if (match !== null) resolve(match);
    });
  });
}
