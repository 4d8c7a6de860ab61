import { fileURLToPath } from 'node:url';
import { type ServerProcess, startServerProcess as startProcess } from '@defrag/server-process';

export type { ServerProcess } from '@defrag/server-process';

/** Folder for the output of every test server, which is searched for secrets after the tests. */
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
