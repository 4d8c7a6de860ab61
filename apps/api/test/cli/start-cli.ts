import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { CliOutcome } from '../support/run-cli.ts';

const CLI = new URL('../../src/cli/main.ts', import.meta.url).pathname;

/** A command that is still at work. */
export interface RunningCli {
  /** Resolves when standard error holds the text. */
  stderrContains(text: string): Promise<void>;
  /** Sends what Ctrl-C sends. */
  interrupt(): void;
  readonly outcome: Promise<CliOutcome>;
}

/** Starts `defrag` on a data folder, in a process of its own, and does not wait for its end. */
export function startCli(dataDir: string, ...args: string[]): RunningCli {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test that ran out of time does not come to its end; its command must.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  return {
    async stderrContains(text) {
      while (!stderr.includes(text)) await once(child.stderr, 'data');
    },
    interrupt: () => void child.kill('SIGINT'),
    outcome: once(child, 'close').then(([status]) => ({ status, stdout, stderr })),
  };
}
