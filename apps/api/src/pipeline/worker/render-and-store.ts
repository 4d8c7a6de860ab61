import { join } from 'node:path';
import { type EngineName, objectKey, parseCanonicalInputs, type VideoInputs, videoHash } from '@defrag/core';
import { completeRender, findCanonicalInputs, findVideo } from '@defrag/db';
import type { RenderEngine, RenderedObject, RenderedVideo } from '../../engine/engine.ts';
import { AppError } from '../../errors.ts';
import type { RenderJobPayload } from '../../queue/render-job.ts';
import type { Services } from '../services.ts';

/** What {@link renderAndStore} works with. */
export interface RenderAndStoreOptions {
  readonly payload: RenderJobPayload;
  readonly inputs: VideoInputs;
  /** An empty folder for the file until it is stored. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Aborted when only this process stops. */
  readonly stopping: AbortSignal;
  onProgress(framesDone: number): void;
  /** Milliseconds since the try began. */
  elapsedMs(): number;
}

/**
 * Steps 5 and 6 of the pipeline. Both may be run twice without harm: the same key gets the same bytes.
 *
 * @returns false when the job was cancelled or deleted in the last moment: the object is stored, but no row names it
 * @throws AppError of the engine or the store; RENDER_NOT_DETERMINISTIC when the bytes are not those that are stored
 */
export async function renderAndStore(
  services: Services,
  engine: RenderEngine,
  options: RenderAndStoreOptions,
): Promise<boolean> {
  const { jobId, videoHash: hash } = options.payload;

  // 5. Render.
  const rendered = await engine.render({
    inputs: options.inputs,
    videoHash: hash,
    outputPath: join(options.folder, `${hash}.mp4`),
    jobId,
    stopping: options.stopping,
    signal: options.signal,
    onProgress: options.onProgress,
  });
  const { contentSha256, sizeBytes } = rendered;
  await refuseOtherBytes(services, { hash, engine: engine.name, contentSha256 });

  // 6. Store: upload, then the public row READY with its URL, then the private row.
  const key = objectKey(hash);
  await store(services, key, rendered, options.signal);
  const url = await services.store.urlFor(key);
  const completed = await services.database.transaction((transaction) =>
    completeRender(transaction, {
      jobId,
      hash,
      url,
      contentSha256,
      sizeBytes,
      engine: engine.name,
      renderDurationMs: options.elapsedMs(),
    }),
  );
  // Not sooner: after a crash in between, the render is found again by it.
  if ('incoming' in rendered) await removeIncoming(services, rendered.incoming.key);
  return completed;
}

/** Brings the file to its key, from the disk or from where in the bucket the engine has left it. */
async function store(
  { store }: Services,
  key: string,
  rendered: RenderedVideo | RenderedObject,
  signal: AbortSignal,
): Promise<void> {
  const { sizeBytes, contentSha256 } = rendered;
  if (!('incoming' in rendered)) {
    await store.put(key, { path: rendered.path, sha256: contentSha256, sizeBytes }, signal);
    return;
  }
  if (store.incoming === undefined) throw new TypeError('The store has no bucket to find the render in');
  await store.incoming.adopt(key, rendered.incoming, signal);
}

/** The video is READY; what is left over is no reason to fail. The bucket's rule for `incoming/` takes it in the end. */
async function removeIncoming({ store, logger }: Services, key: string): Promise<void> {
  try {
    await store.incoming?.remove(key);
  } catch (error) {
    logger.warn({ object_key: key, err: error }, 'left over in the bucket');
  }
}

/**
 * The inputs behind a video hash.
 *
 * @throws AppError VIDEO_NOT_FOUND, or RENDER_FAILED when the stored text does not give the hash
 */
export async function loadInputs(services: Services, hash: string): Promise<VideoInputs> {
  const canonical = await findCanonicalInputs(services.database.orm, hash);
  if (canonical === undefined) throw new AppError('VIDEO_NOT_FOUND', `There are no inputs of ${hash}.`);
  const inputs = parseCanonicalInputs(canonical);
  if (videoHash(inputs) !== hash) {
    throw new AppError('RENDER_FAILED', 'The stored inputs do not give this video hash.', {
      retryable: false,
    });
  }
  return inputs;
}

/**
 * A repeated render by the same engine must give the bytes that are stored; other ones would break the promise that a URL
 * is final. Two engines may encode the same pixels differently.
 */
async function refuseOtherBytes(
  services: Services,
  rendered: { hash: string; engine: EngineName; contentSha256: string },
): Promise<void> {
  const stored = (await findVideo(services.database.orm, rendered.hash))?.details;
  if (stored?.contentSha256 == null || stored.engine !== rendered.engine) return;
  if (stored.contentSha256 !== rendered.contentSha256) {
    throw new AppError(
      'RENDER_NOT_DETERMINISTIC',
      `The render has digest ${rendered.contentSha256}, the stored video ${stored.contentSha256}. The stored one was kept.`,
    );
  }
}
