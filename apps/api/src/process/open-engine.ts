import type { Logger } from 'pino';
import type { RenderEngine } from '../engine/engine.ts';
import { type Env, lambdaSettingsOf } from '../env.ts';
import type { DataDir } from '../files/data-dir.ts';
import type { Services } from '../pipeline/services.ts';
import { lambdaWebhookUrl } from '../server/webhooks/lambda-webhook.ts';
import { StartupError } from './startup-error.ts';

/**
 * Starts the engine that the environment names. Only that one is loaded.
 *
 * @param options.publicBaseUrl what the API's own URLs begin with; the engine `lambda` is told there that a render has ended
 * @throws StartupError, or the engine's own error, each with one clear line
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
    throw new StartupError('The engine lambda needs the store to be a bucket.');
  const { createLambdaEngine } = await import('../engine/lambda/index.ts');
  return createLambdaEngine({ settings, database, incoming: store.incoming, logger });
}

/**
 * Starts the engine that the environment names, where it is one that needs nothing but this machine.
 *
 * @throws StartupError, or the engine's own error, each with one clear line
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
