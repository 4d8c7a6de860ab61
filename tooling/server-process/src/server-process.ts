import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface ServerProcess {
  readonly url: string;
  readonly adminKey: string;
  readonly dataDir: string;
  readonly pid: number;
  /** Lines of standard output so far. */
  readonly lines: string[];
  /** The lines that are JSON, parsed. */
  logs(): Record<string, unknown>[];
  /** Resolves with the first log entry, past or future, that matches. */
  logEntry(matches: (entry: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
  /** Sends the signal and resolves with the exit status once the process has ended and all its output is read. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface ServerProcessOptions {
  /** Path of the server's program. */
  readonly main: string;
  readonly dataDir: string;
  /** Folder for the server's output, which `npm test` searches for private values at its end. */
  readonly logFolder: string;
  /** Environment variables beside those that every test needs. (Default: none) */
  readonly env?: Readonly<Record<string, string>>;
}

let started = 0;

/**
 * Starts a server on a free port and waits until it prints that it is ready.
 *
 * @throws Error with the output when the server exits before that
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
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'debug',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test that times out never calls stop().
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
  const output = createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    const url = /^ready on (\S+)/.exec(line)?.[1];
    if (url !== undefined) ready.resolve(url);
    for (const listener of listeners) listener();
  });
  // The exit event may come before the last output. `close` means that both streams have ended, too.
  const ended = Promise.all([once(child, 'close'), once(output, 'close')]).then(([[code]]) => {
    process.off('exit', killOnExit);
    log.end();
    ready.reject(new Error(`the server exited with ${code}:\n${errors}${lines.join('\n')}`));
    return code as number | null;
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
    logEntry: (matches) =>
      new Promise((resolve) => {
        const look = () => {
          const entry = logs().find(matches);
          if (entry === undefined) return;
          listeners.delete(look);
          resolve(entry);
        };
        listeners.add(look);
        look();
      }),
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
}
