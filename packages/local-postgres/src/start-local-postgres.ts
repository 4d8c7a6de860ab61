import { join } from 'node:path';
import { clusterFiles, createCluster, findPrograms } from './cluster.ts';
import { tryLock, withLock } from './file-lock.ts';
import { prepareHome } from './home.ts';
import {
  choosePort,
  findPostmaster,
  isPostmaster,
  type Postmaster,
  startPostmaster,
  stopPostmaster,
} from './postmaster.ts';

/** This process's use of the PostgreSQL of a data folder. */
export interface LocalPostgres {
  /** Connection string with the superuser's password. Valid until `stop`, also after a restart of the server. */
  readonly url: string;
  /** Shell command that connects `psql`. It reads the password from its file and does not contain it. */
  readonly psqlCommand: string;
  /** Ends the use. The last process that uses the server stops it. */
  stop(): Promise<void>;
}

/** Milliseconds between two looks whether the server still runs. */
const WATCH_INTERVAL_MS = 500;

/**
 * Starts the PostgreSQL of a data folder, or attaches to the one that runs there. It belongs to no process: it outlives the one
 * that started it, each process that uses it starts it again when it was killed, and the last one stops it. When all were
 * killed, it keeps running until the next start.
 *
 * @param options.dataDir exists; the database is in its folder `postgres`
 * @throws LocalPostgresError
 */
export async function startLocalPostgres({ dataDir }: { dataDir: string }): Promise<LocalPostgres> {
  const home = prepareHome(dataDir);
  const { path, account } = home;
  const programs = await findPrograms(home);
  const [startLock, usersLock] = [join(path, 'start.lock'), join(path, 'users.lock')];

  /** Held while the server starts or stops, so that no process attaches to a stopping server. */
  const exclusively = <Result>(use: () => Promise<Result>) => withLock(startLock, account, use);
  const findOrStart = async (choose: () => Promise<number | undefined>): Promise<Postmaster> => {
    const running = await findPostmaster(path);
    if (running !== undefined) return running;
    await createCluster(home, programs, true);
    return await startPostmaster(home, programs, { detached: true, port: await choose() });
  };

  let endUse: (() => void) | undefined;
  let postmaster = await exclusively(async () => {
    const found = await findOrStart(() => choosePort(path));
    endUse = tryLock(usersLock, 'shared', account);
    return found;
  });
  const { url } = postmaster;
  const port = new URL(url).port === '' ? undefined : Number(new URL(url).port);

  let checking = Promise.resolve();
  let isChecking = false;
  const check = async () => {
    if (isChecking || isPostmaster(postmaster.pid, path)) return;
    isChecking = true;
    try {
      postmaster = await exclusively(() => findOrStart(() => Promise.resolve(port)));
    } catch {
      // Such as a full disk. The next look tries again; until then connections are refused.
    } finally {
      isChecking = false;
    }
  };
  const watch = setInterval(() => {
    if (!isChecking) checking = check();
  }, WATCH_INTERVAL_MS).unref();

  let stopping: Promise<void> | undefined;
  const stop = async () => {
    clearInterval(watch);
    await checking;
    await exclusively(async () => {
      endUse?.();
      const release = tryLock(usersLock, 'exclusive', account);
      if (release === undefined) return;
      await stopPostmaster(postmaster, path);
      release();
    });
  };
  return {
    url,
    psqlCommand: `PGPASSWORD="$(cat ${quote(clusterFiles(path).password)})" psql ${quote(withoutPassword(url))}`,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

function withoutPassword(url: string): string {
  return url.replace(/(?<=\/\/postgres):[^@]*/, '').replaceAll('%2F', '/');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
