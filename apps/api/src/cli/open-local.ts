import { type Env, publicBaseUrlOf, readEnv } from '../env.ts';
import { type DataDir, prepareDataDir } from '../files/data-dir.ts';
import { createLogger } from '../logger.ts';
import { type OpenServices, openServices } from '../process/open-services.ts';

export interface LocalProcess {
  readonly env: Env;
  readonly dataDir: DataDir;
  readonly services: OpenServices;
}

/**
 * Opens the services for a command. Logs go to standard error, so that they do not mix with the result.
 *
 * @param defaultLogLevel used unless LOG_LEVEL is set
 * @throws StartupError, EnvError, LocalPostgresError, DatabaseUnreachableError
 */
export async function openLocal(defaultLogLevel: NonNullable<Env['LOG_LEVEL']>): Promise<LocalProcess> {
  const env = readEnv();
  const dataDir = await prepareDataDir(env.DATA_DIR);
  const logger = createLogger({ level: env.LOG_LEVEL ?? defaultLogLevel, destination: 'stderr' });
  const services = await openServices({ env, dataDir, logger, publicBaseUrl: publicBaseUrlOf(env) });
  return { env, dataDir, services };
}
