import { spawn } from 'node:child_process';
import { once } from 'node:events';

const CLI = new URL('../../src/cli/main.ts', import.meta.url).pathname;

/** How a command ended and what it wrote. */
export interface CliOutcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that is still at work. */
export interface RunningCli {
  /** Resolves when standard error holds the text. */
  stderrContains(text: string): Promise<void>;
  /** Process id. */
  readonly pid: number | undefined;
  /** Sends what Ctrl-C sends. */
  interrupt(): void;
  /** Ends it at once, without a chance to tidy up, as a machine does that goes dark. */
  kill(): void;
  readonly outcome: Promise<CliOutcome>;
}

/** Where a command runs: a data folder, or one with more of an environment. */
export type CliPlace = string | { readonly dataDir: string; readonly env: Readonly<Record<string, string>> };

/** Starts `defrag` in a process of its own, and does not wait for its end. */
export function startCli(place: CliPlace, ...args: string[]): RunningCli {
  const { dataDir, env } = typeof place === 'string' ? { dataDir: place, env: {} } : place;
  const child = spawn(process.execPath, [CLI, ...args], {
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      DATA_DIR: dataDir,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test that ran out of time does not come to its end; its command must.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  child.stdout.setEncoding('utf8');
  child.stderr.setEncoding('utf8');
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk: string) => {
    stderr += chunk;
  });
  return {
    async stderrContains(text) {
      while (!stderr.includes(text)) await once(child.stderr, 'data');
    },
    pid: child.pid,
    interrupt: () => void child.kill('SIGINT'),
    kill: () => void kill(),
    outcome: once(child, 'close').then(([status]) => ({ status, stdout, stderr })),
  };
}

/** Runs `defrag` to its end. See {@link startCli}. */
export function runCli(place: CliPlace, ...args: string[]): Promise<CliOutcome> {
  return startCli(place, ...args).outcome;
}
