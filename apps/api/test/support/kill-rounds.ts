import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { createApiClient } from './api-client.ts';
import { type RunningCli, startCli } from './run-cli.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { demoEventId } from './test-services.ts';

/** The processes that a round may kill: one kind, or all of them. */
const VICTIMS = ['server', 'worker', 'postgres', 'postgres session', 'encoder', 'all'] as const;
type Victim = (typeof VICTIMS)[number];

const ENV = { WORKER_SILENCE_SECONDS: '10', RENDER_TRIES: '20', RENDER_THREADS: '1' };

export interface KillReport {
  readonly kills: readonly Victim[];
  /** Videos that the API acknowledged, and their last status. */
  readonly statuses: ReadonlyMap<string, string>;
}

/**
 * Runs a server and a worker on one data folder, and kills them or their children (SIGKILL) at random moments during renders.
 * Restarts server and worker as a supervisor would. Then waits until every acknowledged video is READY.
 *
 * @param options.random returns a number 0..1
 * @param options.timeoutMs longest wait for the last video
 */
export async function killRounds(options: {
  dataDir: string;
  rounds: number;
  random: () => number;
  timeoutMs: number;
  onRound?: (round: number, victim: Victim) => void;
}): Promise<KillReport> {
  const { dataDir, rounds, random } = options;
  const statuses = new Map<string, string>();
  const kills: Victim[] = [];
  let server = await startServerProcess(dataDir, ENV);
  let worker = startWorker(dataDir);
  let durationMs = 1_000;
  try {
    for (let round = 0; round < rounds; round += 1) {
      const victim = VICTIMS[round % VICTIMS.length] ?? 'all';
      const { admin } = createApiClient(server);
      for (let video = 0; video < 2; video += 1) {
        durationMs += 1;
        const request = { friction_id: demoEventId((durationMs % 12) + 1), duration_ms: durationMs };
        // Only acknowledged requests count.
        await admin.renderVideo.mutate(request).then(
          ({ hash }) => statuses.set(hash, 'QUEUED'),
          () => undefined,
        );
      }
      await delay(random() * 2_000);
      options.onRound?.(round, victim);
      const family = [...processesOf(dataDir, server.pid, worker.pid ?? 0)];
      for (const { pid, kind } of family) if (victim === 'all' || kind === victim) killNow(pid);
      kills.push(victim);
      if (victim === 'server' || victim === 'all') {
        await server.stop();
        server = await startServerProcess(dataDir, ENV);
      }
      if (victim === 'worker' || victim === 'all') {
        await worker.outcome;
        worker = startWorker(dataDir);
      }
    }
    await untilReady(server, statuses, options.timeoutMs);
  } finally {
    worker.interrupt();
    await worker.outcome;
    await server.stop();
  }
  return { kills, statuses };
}

const startWorker = (dataDir: string): RunningCli => startCli({ dataDir, env: ENV }, 'worker');

async function untilReady(server: ServerProcess, statuses: Map<string, string>, timeoutMs: number) {
  const { admin } = createApiClient(server);
  for (const deadline = Date.now() + timeoutMs; Date.now() < deadline; await delay(250)) {
    for (const [hash, status] of statuses) {
      if (status === 'READY') continue;
      const video = await admin.videos.byHash.query({ hash }).catch(() => undefined);
      if (video !== undefined) statuses.set(hash, video.status);
    }
    if ([...statuses.values()].every((status) => status === 'READY')) return;
  }
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}

/** The server, the worker and their children, from /proc. */
function* processesOf(dataDir: string, serverPid: number, workerPid: number) {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/stat`, 'utf8');
        const parent = Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1]);
        return [{ pid: Number(name), parent, command: readFileSync(`/proc/${name}/cmdline`, 'utf8') }];
      } catch {
        return [];
      }
    });
  const postmaster = processes.find(({ command }) => command.includes(`-D\0${dataDir}/postgres/data`));
  for (const { pid, parent } of processes) {
    const kind: Victim | undefined =
      pid === serverPid
        ? 'server'
        : pid === workerPid
          ? 'worker'
          : pid === postmaster?.pid
            ? 'postgres'
            : parent === postmaster?.pid
              ? 'postgres session'
              : parent === serverPid || parent === workerPid
                ? 'encoder'
                : undefined;
    if (kind !== undefined) yield { pid, kind };
  }
}
