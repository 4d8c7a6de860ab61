import type { Logger } from 'pino';
import type { RenderEngine } from '../engine/engine.ts';
import { type Env, lambdaSettingsOf } from '../env.ts';
import type { DataDir } from '../files/data-dir.ts';
import type { Services } from '../pipeline/services.ts';
import { lambdaWebhookUrl } from '../server/webhooks/lambda-webhook.ts';
import { StartupError } from './startup-error.ts';

/**
 * Starts the engine of the environment. No other engine is loaded.
 *
 * @param options.publicBaseUrl base of the API's URLs, where the engine `lambda` sends its webhooks
 * @throws StartupError or an error of the engine, each with a one-line message
 */
export async function openEngine(options: {
  env: Env;
  dataDir: DataDir;
  services: Services;
  publicBaseUrl: string;
}): Promise<RenderEngine> {
  const { env, dataDir, services, publicBaseUrl } = options;
  const { database, store, logger } = services;
  const settings = lambdaSettingsOf(env, lambdaWebhookUrl(publicBaseUrl));
  if (settings === undefined) return await openLocalEngine(env, dataDir, logger);
  if (store.incoming === undefined)
    throw new StartupError('The engine lambda needs a bucket as the store. Set the R2_ variables.');
  const { createLambdaEngine } = await import('../engine/lambda/index.ts');
  return createLambdaEngine({ settings, database, incoming: store.incoming, logger });
}

/**
 * Starts the engine of the environment, if it renders on this machine.
 *
 * @throws StartupError or an error of the engine, each with a one-line message
 */
export async function openLocalEngine(env: Env, dataDir: DataDir, logger: Logger): Promise<RenderEngine> {
  const concurrency = env.RENDER_THREADS;
  switch (env.RENDER_ENGINE) {
    case 'embedded': {
      const { createEmbeddedEngine } = await import('../engine/embedded/index.ts');
      return createEmbeddedEngine({ concurrency });
    }
    case 'remotion': {
      const { createRemotionEngine } = await import('../engine/remotion/index.ts');
      return createRemotionEngine({ concurrency, bundlesDir: dataDir.bundlesDir, logger });
    }
    case 'lambda':
      throw new StartupError('The engine lambda does not render on this machine.');
  }
}
