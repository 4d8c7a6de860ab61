import type { Logger } from 'pino';
import { bucketOf, type Env } from '../env.ts';
import type { DataDir } from '../files/data-dir.ts';
import { createFilesystemStore } from '../store/filesystem.ts';
import type { VideoStore } from '../store/store.ts';

const START_CHECK_TIMEOUT_MS = 5_000;

/**
 * Opens the store of the environment: a bucket if the R2_ variables are set, else the data folder. Does not access it yet.
 *
 * @param publicBaseUrl base of the API's URLs
 */
export async function openStore(options: {
  env: Env;
  dataDir: DataDir;
  publicBaseUrl: string;
}): Promise<VideoStore> {
  const { publicBaseUrl } = options;
  const bucket = bucketOf(options.env);
  if (bucket === undefined) {
    return createFilesystemStore({ rootDir: options.dataDir.storeDir, publicBaseUrl });
  }
  // The SDK takes 0.1 s and 40 MB, so load it lazily.
  const { createS3Store } = await import('../store/s3/index.ts');
  return createS3Store({ ...bucket, apiBaseUrl: publicBaseUrl });
}

/**
 * Checks the store once and logs a failure. The process still starts: the store may become available, and until then
 * `/readyz` returns 503.
 */
export async function checkStoreAtStart({
  store,
  logger,
}: {
  store: VideoStore;
  logger: Logger;
}): Promise<void> {
  try {
    await store.check(AbortSignal.timeout(START_CHECK_TIMEOUT_MS));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    logger.error({ store: store.kind, err: error }, `the store cannot be used: ${reason}`);
  }
}
