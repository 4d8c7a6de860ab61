import { fileURLToPath } from 'node:url';
import { type ServerProcess, startServerProcess as startProcess } from '@defrag/server-process';

export type { ServerProcess } from '@defrag/server-process';

/** Where the output of every server of the tests is kept, for the search for what must not be in it. */
export const LOG_FOLDER = fileURLToPath(new URL('../../.reports/logs/', import.meta.url));

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/**
 * Starts a server on a free port, as `npm start` does, and waits until it is ready.
 *
 * @throws Error with the output when it ends before that
 */
export async function startServerProcess(
  dataDir: string,
  env: Record<string, string> = {},
): Promise<ServerProcess> {
  return await startProcess({ main: MAIN, dataDir, logFolder: LOG_FOLDER, env });
}
