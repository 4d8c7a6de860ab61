import type { FastifyInstance } from 'fastify';
import { bucketOf, localUrlOf, publicBaseUrlOf, readEnv } from '../env.ts';
import { prepareDataDir } from '../files/data-dir.ts';
import { createLogger } from '../logger.ts';
import { workOnBackfills } from '../pipeline/worker/run-backfill.ts';
import { startWorker } from '../pipeline/worker/start-worker.ts';
import { findBuiltAdmin } from '../server/admin/built-admin.ts';
import { createApp } from '../server/app.ts';
import { type AdminKey, loadAdminKey } from './admin-key.ts';
import { claimPort, listenError } from './claim-port.ts';
import { onShutdown } from './on-shutdown.ts';
import { openEngine } from './open-engine.ts';
import { openServices } from './open-services.ts';
import { checkStoreAtStart } from './open-store.ts';

export interface RunningServer {
  readonly url: string;
  readonly adminKey: AdminKey;
  readonly adminKeyFile: string;
  readonly servesAdmin: boolean;
  /** Shell command that connects to the local database, which has the demo events; undefined for the one in DATABASE_URL. */
  readonly psqlCommand: string | undefined;
}

/**
 * Starts the API in this process, and the worker unless INLINE_WORKER is false. Both run until SIGINT or SIGTERM.
 *
 * @throws StartupError, EnvError or an error of the database, each with a one-line message
 */
export async function runServer(): Promise<RunningServer> {
  const env = readEnv();
  const dataDir = await prepareDataDir(env.DATA_DIR);
  const claimed = await claimPort(env.HOST, env.PORT);
  const { port } = claimed;
  const localUrl = localUrlOf(env, port);
  const publicBaseUrl = publicBaseUrlOf(env, port);
  const logger = createLogger({
    level: env.LOG_LEVEL ?? 'info',
    pretty: env.NODE_ENV === 'development' && process.stdout.isTTY === true,
  });
  const adminKey = await loadAdminKey(env, dataDir);

  const services = await openServices({ env, dataDir, logger, publicBaseUrl });
  await checkStoreAtStart(services);
  const worker = env.INLINE_WORKER
    ? await startWorker(services, await openEngine({ env, dataDir, services, publicBaseUrl }), {
        concurrency: env.WORKER_CONCURRENCY,
        scratchDir: dataDir.scratchDir,
      })
    : undefined;
  const stopBackfills = workOnBackfills(services);
  const adminDir = await findBuiltAdmin();
  const app = await createApp({
    services,
    engine: env.RENDER_ENGINE,
    auth: {
      adminKey: adminKey.key,
      ...(env.CRON_SECRET === undefined ? {} : { cronSecret: env.CRON_SECRET }),
    },
    publicBaseUrl,
    lambdaWebhookSecret: env.RENDER_ENGINE === 'lambda' ? env.REMOTION_AWS_WEBHOOK_SECRET : undefined,
    corsOrigins: env.CORS_ORIGINS,
    videosDir: bucketOf(env) === undefined ? dataDir.storeDir : undefined,
    adminDir,
    trustProxy: env.TRUST_PROXY,
  });
  const close = async () => {
    // At the same time: a slow download must not keep the running render from going back to the queue.
    await Promise.all([closeApp(app), worker?.close(), stopBackfills()]);
    await services.close();
  };
  onShutdown(logger, close);
  try {
    await claimed.release();
    await app.listen({ host: env.HOST, port });
  } catch (error) {
    await close();
    throw listenError(error, env.HOST, port);
  }
  return {
    url: localUrl,
    adminKey,
    adminKeyFile: dataDir.adminKeyFile,
    servesAdmin: adminDir !== undefined,
    psqlCommand: services.psqlCommand,
  };
}

/** Milliseconds that running requests have to end before their connections are closed. */
const CLOSE_TIMEOUT_MS = 2_000;

async function closeApp(app: FastifyInstance): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), CLOSE_TIMEOUT_MS);
  await app.close();
  clearTimeout(timer);
}
