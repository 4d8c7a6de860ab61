import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startServerProcess } from '@defrag/server-process';

const MAIN = createRequire(import.meta.url).resolve('@defrag/api/main');
const LOG_FOLDER = fileURLToPath(new URL('../../.reports/logs/', import.meta.url));

/** A real server with the built admin app, the demo events and the embedded engine. */
export interface AdminServer {
  /** URL of the API without a trailing slash. */
  readonly url: string;
  /** URL of the admin app without a trailing slash. */
  readonly adminUrl: string;
  readonly adminKey: string;
  /** Folder of the database and, in `store`, the videos. */
  readonly dataDir: string;
  /** Stops the server and deletes its data. */
  stop(): Promise<void>;
}

/** Starts a server with its own data folder. */
export async function startAdminServer(env: Record<string, string> = {}): Promise<AdminServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'defrag-admin-'));
  const server = await startServerProcess({ main: MAIN, dataDir, logFolder: LOG_FOLDER, env });
  return {
    url: server.url,
    adminUrl: `${server.url}/admin`,
    adminKey: server.adminKey,
    dataDir,
    async stop() {
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Makes the store unavailable by putting a file in the place of its folder. Call the result to repair it. */
export async function breakStore({ dataDir }: Pick<AdminServer, 'dataDir'>): Promise<() => Promise<void>> {
  const store = join(dataDir, 'store');
  await rename(store, `${store}-aside`);
  await writeFile(store, '');
  return async () => {
    await rm(store);
    await rename(`${store}-aside`, store);
  };
}
