import { rm, writeFile } from 'node:fs/promises';
import { type AdminKey, loadAdminKey } from './admin-key.ts';
import { prepareDataDir } from './data-dir.ts';
import { localUrlOf, publicBaseUrlOf, readEnv } from './env.ts';
import { claimPort } from './free-port.ts';
import { createLogger } from './logger.ts';
import { onShutdown } from './on-shutdown.ts';
import { openEngine, openServices } from './open-services.ts';
import { createApp } from './server/app.ts';
import { startWorker } from './worker.ts';

/** A server that listens. */
export interface RunningServer {
  /** What its URLs begin with. */
  readonly url: string;
  readonly adminKey: AdminKey;
  readonly adminKeyFile: string;
}

/**
 * Starts the API, and unless INLINE_WORKER is false the worker, in this process, until SIGINT or SIGTERM.
 *
 * @throws StartupError, EnvError and the database's own errors, each with one clear line
 */
export async function runServer(): Promise<RunningServer> {
  const env = readEnv();
  const dataDir = await prepareDataDir(env.DATA_DIR);
  const port = await claimPort(env.HOST, env.PORT);
  const localUrl = localUrlOf(env, port);
  const publicBaseUrl = publicBaseUrlOf(env, port);
  const logger = createLogger({
    level: env.LOG_LEVEL ?? 'info',
    pretty: env.NODE_ENV === 'development' && process.stdout.isTTY === true,
  });
  const adminKey = await loadAdminKey(env, dataDir);

  const services = await openServices({ env, dataDir, logger, publicBaseUrl });
  const worker = env.INLINE_WORKER
    ? await startWorker(services, await openEngine(env, dataDir), {
        concurrency: env.WORKER_CONCURRENCY,
        scratchDir: dataDir.scratchDir,
      })
    : undefined;
  const app = await createApp({
    services,
    auth: {
      adminKey: adminKey.key,
      ...(env.CRON_SECRET === undefined ? {} : { cronSecret: env.CRON_SECRET }),
    },
    publicBaseUrl,
    corsOrigins: env.CORS_ORIGINS,
    videosDir: dataDir.storeDir,
    trustProxy: env.TRUST_PROXY,
  });
  onShutdown(logger, async () => {
    await rm(dataDir.serverFile, { force: true });
    await app.close();
    await services.close();
    await worker?.close();
  });
  await app.listen({ host: env.HOST, port });
  await writeFile(dataDir.serverFile, JSON.stringify({ pid: process.pid, url: localUrl }));
  return { url: localUrl, adminKey, adminKeyFile: dataDir.adminKeyFile };
}
