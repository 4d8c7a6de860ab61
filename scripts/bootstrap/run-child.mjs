import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ROOT } from './workspace.mjs';

/** Exit status of a shell's command that a signal ended: 128 and the signal's number. */
const SIGNAL_STATUS = { SIGINT: 130, SIGTERM: 143 };

/**
 * Runs a program of the set-up in the root folder and hands on what it prints. It ends when this process is told to end.
 *
 * @param {string} command
 * @param {string[]} commandArguments
 * @param {{ env: NodeJS.ProcessEnv, onLine: (line: string) => void }} options `onLine` gets each line of stdout and stderr
 * @returns {Promise<number>} the exit status; 1 when the program cannot be started
 */
export function runChild(command, commandArguments, { env, onLine }) {
  const child = spawn(command, commandArguments, {
    cwd: ROOT,
    env,
    // Windows starts npx through its shell only.
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', onLine);

  const stop = (/** @type {keyof typeof SIGNAL_STATUS} */ signal) => {
    child.kill(signal);
    process.exit(SIGNAL_STATUS[signal]);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return new Promise((resolve) => {
    child.on('error', (error) => onLine(`${command}: ${error.message}`));
    child.on('close', (code) => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
      resolve(code === null || code < 0 ? 1 : code);
    });
  });
}
