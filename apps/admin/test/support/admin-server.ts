import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ServerProcess, startServerProcess } from '@defrag/server-process';

const MAIN = createRequire(import.meta.url).resolve('@defrag/api/main');
const LOG_FOLDER = fileURLToPath(new URL('../../.reports/logs', import.meta.url));

/** A real server with the built admin app, the embedded database with its demo events, and the embedded engine. */
export interface AdminServer extends Pick<ServerProcess, 'adminKey' | 'logEntry'> {
  /** Address of the admin app, without a trailing slash. */
  readonly adminUrl: string;
  /** Address of the API, without a trailing slash. */
  readonly url: string;
  /** Folder of its data: the database, and the videos in `store`. */
  readonly dataDir: string;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
}

/** Starts a server with a folder of its own, which goes with it. */
export async function startAdminServer(env: Record<string, string> = {}): Promise<AdminServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'defrag-admin-'));
  const server = await startServerProcess({ main: MAIN, dataDir, logFolder: LOG_FOLDER, env });
  return {
    url: server.url,
    dataDir,
    adminUrl: `${server.url}/admin`,
    adminKey: server.adminKey,
    logEntry: server.logEntry,
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
