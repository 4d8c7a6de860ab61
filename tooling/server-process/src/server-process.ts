import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A server in a process of its own, as `npm start` runs it. */
export interface ServerProcess {
  readonly url: string;
  readonly adminKey: string;
  readonly dataDir: string;
  /** Process id. */
  readonly pid: number;
  /** All lines of standard output so far. */
  readonly lines: string[];
  /** The lines that are JSON, parsed. */
  logs(): Record<string, unknown>[];
  /** Resolves with the first log entry, past or to come, that fits. */
  logEntry(fits: (entry: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
  /** Sends the signal and resolves with the exit status when the process is gone. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** What {@link startServerProcess} starts, and where. */
export interface ServerProcessOptions {
  /** Path of the server's program. */
  readonly main: string;
  /** Folder of its data. */
  readonly dataDir: string;
  /** Folder that its output is kept in, for the search for what must not be in it. */
  readonly logFolder: string;
  /** Variables of its environment besides those that every test needs. (Default: none) */
  readonly env?: Readonly<Record<string, string>>;
}

let started = 0;

/**
 * Starts a server on a free port and waits until it is ready.
 *
 * @throws Error with the output when it ends before that
 */
export async function startServerProcess({
  main,
  dataDir,
  logFolder,
  env = {},
}: ServerProcessOptions): Promise<ServerProcess> {
  await mkdir(logFolder, { recursive: true });
  started += 1;
  const log = createWriteStream(join(logFolder, `server-${process.pid}-${started}.log`));
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'debug',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test that ran out of time does not come to its end; its server must.
  const killOnExit = () => child.kill('SIGKILL');
  process.once('exit', killOnExit);
  child.stderr.pipe(log, { end: false });
  child.stdout.pipe(log, { end: false });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk;
  });
  const lines: string[] = [];
  const listeners = new Set<() => void>();
  const ready = Promise.withResolvers<string>();
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    const url = /^ready on (\S+)/.exec(line)?.[1];
    if (url !== undefined) ready.resolve(url);
    for (const listener of listeners) listener();
  });
  child.once('exit', (code) => {
    process.off('exit', killOnExit);
    log.end();
    ready.reject(new Error(`the server ended with ${code}:\n${errors}${lines.join('\n')}`));
  });

  const url = await ready.promise;
  const logs = () => lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  return {
    url,
    dataDir,
    pid: child.pid ?? 0,
    lines,
    logs,
    adminKey: env['DEFRAG_ADMIN_KEY'] ?? (await readFile(join(dataDir, 'admin-key'), 'utf8')).trim(),
    logEntry: (fits) =>
      new Promise((resolve) => {
        const look = () => {
          const entry = logs().find(fits);
          if (entry === undefined) return;
          listeners.delete(look);
          resolve(entry);
        };
        listeners.add(look);
        look();
      }),
    stop: (signal = 'SIGTERM') => stopProcess(child, signal),
  };
}

async function stopProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exited = once(child, 'exit');
  child.kill(signal);
  const [code] = await exited;
  return code;
}
