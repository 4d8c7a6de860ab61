import { type Env, publicBaseUrlOf, readEnv } from '../env.ts';
import { type DataDir, prepareDataDir } from '../files/data-dir.ts';
import { createLogger } from '../logger.ts';
import { type OpenServices, openServices } from '../process/open-services.ts';

/** What a command that works on database and store itself has in hand. */
export interface LocalProcess {
  readonly env: Env;
  readonly dataDir: DataDir;
  readonly services: OpenServices;
}

/**
 * Opens the services for a command. Logs go to standard error, where they do not mix with a result.
 *
 * @param defaultLogLevel used unless LOG_LEVEL says otherwise
 * @throws StartupError, EnvError, DatabaseInUseError, DatabaseUnreachableError
 */
export async function openLocal(defaultLogLevel: NonNullable<Env['LOG_LEVEL']>): Promise<LocalProcess> {
  const env = readEnv();
  const dataDir = await prepareDataDir(env.DATA_DIR);
  const logger = createLogger({ level: env.LOG_LEVEL ?? defaultLogLevel, destination: 'stderr' });
  const services = await openServices({ env, dataDir, logger, publicBaseUrl: publicBaseUrlOf(env) });
  return { env, dataDir, services };
}
