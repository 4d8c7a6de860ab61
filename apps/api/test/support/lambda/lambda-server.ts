import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whyNotIsolated } from '@defrag/lambda-emulator';
import { createApiClient } from '../api-client.ts';
import { LOG_FOLDER, type ServerProcess, startServerProcess } from '../server-process.ts';
import { demoEventId } from '../test-services.ts';
import { type LambdaTestBed, type LambdaTestBedOptions, startLambdaTestBed } from './test-bed.ts';
import { startWebhookRelay, type WebhookRelay } from './webhook-relay.ts';

/** Why no test can render on the emulated Lambda here; undefined when they can. */
export const WHY_NO_LAMBDA = whyNotIsolated();

/** The title of a group of tests, with the reason where it is skipped. */
export function lambdaTitle(title: string): string {
  return WHY_NO_LAMBDA === undefined ? title : `${title} (skipped: ${WHY_NO_LAMBDA})`;
}

/** A test bed with a relay for its webhooks, and servers that render on it. */
export interface LambdaServers {
  readonly bed: LambdaTestBed;
  readonly relay: WebhookRelay;
  /** For files of the tests; it is gone at the end. */
  readonly folder: string;
  /** Starts a server, which gets the webhooks from now on. Each has the data of the one before. */
  start(env?: Record<string, string>): Promise<ServerProcess>;
  /** Ends all but the servers. */
  close(): Promise<void>;
}

/** Starts a test bed; the function's log has a name of its own. */
export async function openLambdaServers(
  name: string,
  options: Omit<LambdaTestBedOptions, 'logPath'> = {},
): Promise<LambdaServers> {
  const folder = await mkdtemp(join(tmpdir(), 'defrag-lambda-'));
  const relay = await startWebhookRelay();
  const bed = await startLambdaTestBed({ ...options, logPath: join(LOG_FOLDER, `lambda-${name}.log`) });
  return {
    bed,
    relay,
    folder,
    async start(env = {}) {
      const dataDir = join(folder, 'data');
      const server = await startServerProcess(dataDir, { ...bed.env, PUBLIC_BASE_URL: relay.url, ...env });
      relay.target = server.url;
      return server;
    },
    async close() {
      await bed.close();
      await relay.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Asks for the video of a demo event. @returns its hash */
export async function askForVideo(
  server: ServerProcess,
  event: number,
  options: { durationMs?: number; force?: boolean } = {},
): Promise<string> {
  const answer = await fetch(`${server.url}/api/v1/admin/render-video`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-defrag-admin-key': server.adminKey },
    body: JSON.stringify({
      friction_id: demoEventId(event),
      duration_ms: options.durationMs ?? 1_000,
      force_regenerate: options.force ?? false,
    }),
  });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { hash: string }).hash;
}

/** A video as operators see it. */
export function videoOf(server: ServerProcess, hash: string) {
  return createApiClient(server).admin.videos.byHash.query({ hash });
}

/** Invocations of the function that begin a render, and were let in. */
export function begunRenders({ lambda }: LambdaTestBed): number {
  return lambda.invocations.filter(({ routine, outcome }) => routine === 'start' && outcome !== 'throttled')
    .length;
}
