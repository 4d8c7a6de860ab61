import { spawn } from 'node:child_process';
import { once } from 'node:events';

const CLI = new URL('../../src/cli/main.ts', import.meta.url).pathname;

/** Exit status and output of a command. */
export interface CliOutcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  /** Resolves when standard error contains the text. */
  stderrContains(text: string): Promise<void>;
  /** Process id. */
  readonly pid: number | undefined;
  /** Sends SIGINT, as Ctrl-C does. */
  interrupt(): void;
  /** Sends SIGKILL, which allows no cleanup, like a power failure. */
  kill(): void;
  readonly outcome: Promise<CliOutcome>;
}

/** Where a command runs: a data folder, optionally with environment variables. */
export type CliPlace = string | { readonly dataDir: string; readonly env: Readonly<Record<string, string>> };

/** Starts `defrag` in a separate process without waiting for its end. */
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
  // A test that timed out does not end its command itself.
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

/** Runs `defrag` to its end. */
export function runCli(place: CliPlace, ...args: string[]): Promise<CliOutcome> {
  return startCli(place, ...args).outcome;
}
