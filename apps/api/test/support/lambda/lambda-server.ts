import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whyNotIsolated } from '@defrag/lambda-emulator';
import { createApiClient } from '../api-client.ts';
import { LOG_FOLDER, type ServerProcess, startServerProcess } from '../server-process.ts';
import { demoEventId } from '../test-services.ts';
import { type LambdaTestBed, startLambdaTestBed } from './test-bed.ts';
import { startWebhookRelay, type WebhookRelay } from './webhook-relay.ts';

/** Why Lambda cannot be emulated on this machine; undefined when it can. */
export const WHY_NO_LAMBDA = whyNotIsolated();

/** A test title, with the reason if the tests are skipped. */
export function lambdaTitle(title: string): string {
  return WHY_NO_LAMBDA === undefined ? title : `${title} (skipped: ${WHY_NO_LAMBDA})`;
}

/** An emulated AWS, a relay for its webhooks, and servers that render on it. */
export interface LambdaServers {
  readonly bed: LambdaTestBed;
  readonly relay: WebhookRelay;
  /** For files of the tests; `close` removes it. */
  readonly folder: string;
  /** Starts a server with the data of the one before. It receives the webhooks from now on. */
  start(env?: Record<string, string>): Promise<ServerProcess>;
  /** Closes everything except the servers. */
  close(): Promise<void>;
}

/** @param name of the function's log */
export async function openLambdaServers(name: string): Promise<LambdaServers> {
  const folder = await mkdtemp(join(tmpdir(), 'defrag-lambda-'));
  const relay = await startWebhookRelay();
  const bed = await startLambdaTestBed({ logPath: join(LOG_FOLDER, `lambda-${name}.log`) });
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

/** Requests the video of a demo event. @returns its hash */
export async function requestVideo(
  server: ServerProcess,
  event: number,
  { durationMs = 1_000 }: { durationMs?: number } = {},
): Promise<string> {
  const answer = await fetch(`${server.url}/api/v1/admin/render-video`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-defrag-admin-key': server.adminKey },
    body: JSON.stringify({ friction_id: demoEventId(event), duration_ms: durationMs }),
  });
  if (!answer.ok) throw new Error(`the server returned ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { hash: string }).hash;
}

/** A video as the admin app sees it. */
export function videoOf(server: ServerProcess, hash: string) {
  return createApiClient(server).admin.videos.byHash.query({ hash });
}

/** Number of invocations that started a render. */
export function begunRenders({ lambda }: LambdaTestBed): number {
  return lambda.invocations.filter(({ routine, outcome }) => routine === 'start' && outcome !== 'throttled')
    .length;
}
