import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { clusterFiles, PROGRAM_ENV, type Programs } from './cluster.ts';
import { LocalPostgresError } from './errors.ts';
import { giveTo, type Home } from './home.ts';

/** A PostgreSQL that answers. */
export interface Postmaster {
  readonly pid: number;
  /** Connection string of the superuser to the database `postgres`. */
  readonly url: string;
}

/** How a server is started. */
export interface PostmasterOptions {
  /** Whether it outlives this process and its terminal. */
  readonly detached: boolean;
  /** Port of 127.0.0.1; undefined for a Unix socket in the cluster's folder. */
  readonly port?: number | undefined;
  /** Further settings, such as `{ fsync: 'off' }`. */
  readonly settings?: Readonly<Record<string, string | number>>;
}

const SOCKET = '.s.PGSQL.5432';

/** Bytes of the longest path of a Unix socket: 104 on macOS and 108 on Linux, with some to spare. */
const MAX_SOCKET_PATH = 100;

/** Milliseconds in which a server must answer. Recovery after a crash with a full log takes seconds. */
const START_TIMEOUT_MS = 60_000;

/** Milliseconds that each signal gets to end a server: fast shutdown, immediate shutdown. */
const STOP_TIMEOUT_MS = 10_000;

const SETTINGS = {
  // Three processes less; reads come from the cache of the operating system anyway.
  io_method: 'sync',
  max_connections: 200,
  shared_buffers: '32MB',
  min_wal_size: '32MB',
  max_wal_size: '256MB',
  unix_socket_permissions: '0700',
  // Statements and rows hold private data: the log has only what PostgreSQL says of itself.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

/** Undefined when the path of a socket in the folder is short enough, else a free port. */
export async function choosePort(home: string): Promise<number | undefined> {
  return Buffer.byteLength(join(home, SOCKET)) <= MAX_SOCKET_PATH ? undefined : await freePort();
}

/** A free port of 127.0.0.1. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

/**
 * Finds the server that runs in a cluster's folder, and waits while it starts. It may be in another container that shares
 * the folder.
 *
 * @returns undefined when there is none
 */
export async function findPostmaster(home: string): Promise<Postmaster | undefined> {
  const recorded = readPidFile(home);
  if (recorded === undefined) return undefined;
  const { pid, port, socketDir } = recorded;
  const url = addressOf(home, socketDir === '' ? port : undefined);
  for (const deadline = Date.now() + START_TIMEOUT_MS; Date.now() < deadline; await delay(20)) {
    if (await answers(url)) return { pid, url };
    if (!isPostmaster(pid, home)) return undefined;
  }
  throw new LocalPostgresError(`PostgreSQL (process ${pid}) in ${home} does not answer.`);
}

/**
 * Starts the server of a cluster in which none runs, and waits until it answers.
 *
 * @throws LocalPostgresError with the server's own words when it does not start
 */
export async function startPostmaster(
  home: Home,
  programs: Programs,
  options: PostmasterOptions,
): Promise<Postmaster> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const started = await tryStart(home, programs, options);
    if (typeof started !== 'string') return started;
    // The last sessions of a server that was killed need a moment to notice.
    if (!started.includes('shared memory block') || Date.now() > deadline) {
      throw new LocalPostgresError(`PostgreSQL in ${home.path} does not start: ${started}.`);
    }
    await delay(100);
  }
}

/** @returns what the server said when it ended at once */
async function tryStart(
  home: Home,
  programs: Programs,
  { detached, port, settings = {} }: PostmasterOptions,
): Promise<Postmaster | string> {
  const files = clusterFiles(home.path);
  // Left by a server that was killed. Another process may have its number by now, which PostgreSQL takes for the server.
  for (const name of [files.pid, join(home.path, SOCKET), join(home.path, `${SOCKET}.lock`)]) {
    rmSync(name, { force: true });
  }
  const log = openSync(files.log, 'w', 0o600);
  giveTo(home.account, files.log);
  const address =
    port === undefined
      ? { listen_addresses: '', unix_socket_directories: home.path }
      : { listen_addresses: '127.0.0.1', unix_socket_directories: '', port };
  const all = Object.entries({ ...SETTINGS, ...address, ...settings });
  const child = spawn(
    programs.postgres,
    ['-D', files.data, ...all.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...home.account, cwd: home.path, env: PROGRAM_ENV, detached, stdio: ['ignore', log, log] },
  );
  closeSync(log);
  child.unref();
  let ended: string | undefined;
  child.once('error', (error) => {
    ended = error.message;
  });
  child.once('exit', () => {
    ended = lastWords(files.log);
  });
  const url = addressOf(home.path, port);
  while (ended === undefined) {
    if (child.pid !== undefined && (await answers(url))) {
      // It may end much later, when its log is deleted.
      child.removeAllListeners('exit');
      return { pid: child.pid, url };
    }
    await delay(10);
  }
  return ended;
}

/** Ends a server: its sessions are cut, and what they had committed is on the disk. */
export async function stopPostmaster({ pid }: Postmaster, home: string): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (!isPostmaster(pid, home)) return;
    process.kill(pid, signal);
    for (const deadline = Date.now() + STOP_TIMEOUT_MS; Date.now() < deadline; await delay(10)) {
      if (!isPostmaster(pid, home)) return;
    }
  }
}

/** Whether the process is alive and is the server of this cluster, rather than a later process with its number. */
export function isPostmaster(pid: number, home: string): boolean {
  try {
    const command =
      process.platform === 'linux'
        ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return command.includes(clusterFiles(home).data);
  } catch {
    return false;
  }
}

function readPidFile(home: string): { pid: number; port: number; socketDir: string } | undefined {
  try {
    // Process id, data folder, start time, port, socket folder, address.
    const lines = readFileSync(clusterFiles(home).pid, 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), socketDir: lines[4]?.trim() ?? '' };
  } catch {
    return undefined;
  }
}

function addressOf(home: string, port: number | undefined): string {
  const password = readFileSync(clusterFiles(home).password, 'utf8').trim();
  return port === undefined
    ? `postgres://postgres:${password}@localhost/postgres?host=${encodeURIComponent(home)}`
    : `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function lastWords(log: string): string {
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  const words = lines.findLast((line) => /FATAL|PANIC/.test(line)) ?? lines.at(-1) ?? '';
  return words.replace(/^.*(?:FATAL|PANIC): +/, '') || 'it ended without a word';
}
