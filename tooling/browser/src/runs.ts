import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Longest time in milliseconds that a browser may take to say its version. */
const VERSION_TIMEOUT_MS = 20_000;

/** Whether a program exists and starts: a browser whose libraries are missing does not even tell its version. */
export async function runs(program: string): Promise<boolean> {
  try {
    await execute(program, ['--version'], { timeout: VERSION_TIMEOUT_MS });
    return true;
  } catch {
    return false;
  }
}
