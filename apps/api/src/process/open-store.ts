import type { Logger } from 'pino';
import { bucketOf, type Env } from '../env.ts';
import type { DataDir } from '../files/data-dir.ts';
import { createFilesystemStore } from '../store/filesystem.ts';
import type { VideoStore } from '../store/store.ts';

/** Milliseconds that the store gets at the start to show that it can be used. */
const START_CHECK_TIMEOUT_MS = 5_000;

/**
 * Opens the store that the environment names: a bucket where the R2_ variables are set, else the data folder. Nothing is asked of
 * it yet.
 *
 * @param publicBaseUrl what the API's own URLs begin with
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
  // The SDK takes a tenth of a second and some 40 MB, which nobody without a bucket has to spend.
  const { createS3Store } = await import('../store/s3/index.ts');
  return createS3Store({ ...bucket, apiBaseUrl: publicBaseUrl });
}

/**
 * Tries the store once, and logs in one line what is wrong with it. The process starts all the same: a store that is out of reach
 * comes back by itself, and as long `/readyz` says that the process is not ready.
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
