import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

const VERSION_TIMEOUT_MS = 20_000;

/** Whether a program starts. A browser with missing libraries fails to print its version. */
export async function runs(program: string): Promise<boolean> {
  try {
    await execute(program, ['--version'], { timeout: VERSION_TIMEOUT_MS });
    return true;
  } catch {
    return false;
  }
}
