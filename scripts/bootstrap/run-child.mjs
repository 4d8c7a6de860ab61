import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ROOT } from './workspace.mjs';

const IS_WINDOWS = process.platform === 'win32';

/** Exit status of a shell's command that a signal ended: 128 and the signal's number. */
const SIGNAL_STATUS = { SIGINT: 130, SIGTERM: 143 };

/**
 * Runs a program of the set-up in the root folder and hands on what it prints. It ends, with all that it started, when this
 * process is told to end.
 *
 * @param {string} command
 * @param {string[]} commandArguments
 * @param {{ env: NodeJS.ProcessEnv, onLine: (line: string) => void, signal?: AbortSignal }} options `onLine` gets each line of
 *   stdout and stderr; `signal` ends the program
 * @returns {Promise<number>} the exit status; 1 when the program was ended or cannot be started
 */
export function runChild(command, commandArguments, { env, onLine, signal }) {
  const child = spawn(command, commandArguments, {
    cwd: ROOT,
    env,
    // A process group of its own: npx does not pass signals on to what it runs.
    detached: !IS_WINDOWS,
    // Windows starts npx through its shell only.
    shell: IS_WINDOWS,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine);

  const endChild = () => {
    if (child.pid === undefined || child.exitCode !== null) return;
    if (IS_WINDOWS) child.kill();
    else process.kill(-child.pid, 'SIGTERM');
  };
  const stop = (/** @type {keyof typeof SIGNAL_STATUS} */ received) => {
    endChild();
    process.exit(SIGNAL_STATUS[received]);
  };
  signal?.addEventListener('abort', endChild);
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return new Promise((resolve) => {
    child.on('error', (error) => onLine(`${command}: ${error.message}`));
    child.on('close', (code) => {
      signal?.removeEventListener('abort', endChild);
      process.off('SIGINT', stop).off('SIGTERM', stop);
      resolve(code === null || code < 0 ? 1 : code);
    });
  });
}
