import { parseCanonicalInputs, type VideoInputs } from '@defrag/core';
import { completeRender, findCanonicalInputs, findVideo } from '@defrag/db';
import type { RenderEngine, RenderedObject, RenderedVideo } from '../../engine/engine.ts';
import { AppError } from '../../errors.ts';
import type { Services } from '../services.ts';

interface RenderAndStoreOptions {
  readonly jobId: string;
  readonly inputs: VideoInputs;
  readonly scratch: string;
  readonly signal: AbortSignal;
  onProgress(framesDone: number): void;
  elapsedMs(): number;
}

/**
 * Steps 5 and 6 of the pipeline. May be run twice: the same key gets the same bytes.
 *
 * @returns false when the job was cancelled or deleted at the last moment: the object is stored, but no row names it
 * @throws AppError of the engine or the store; RENDER_NOT_DETERMINISTIC when the bytes differ from the stored ones
 */
export async function renderAndStore(
  services: Services,
  engine: RenderEngine,
  { jobId, inputs, scratch, signal, onProgress, elapsedMs }: RenderAndStoreOptions,
): Promise<boolean> {
  const { hash, key } = inputs;

  // 5. Render.
  const rendered = await engine.render({ inputs, scratch, jobId, signal, onProgress });
  await refuseOtherBytes(services, { hash, engine: engine.name, rendered });

  // 6. Store the file, then the public row READY with its URL, then the private row.
  await storeFile(services, key, rendered, signal);
  const url = await services.store.urlFor(key);
  const { contentSha256, sizeBytes } = rendered;
  const file = { url, contentSha256, sizeBytes, engine: engine.name, renderDurationMs: elapsedMs() };
  const completed = await services.database.transaction((transaction) =>
    completeRender(transaction, { jobId, hash, inputs, ...file }),
  );
  // Not before: a try after a crash finds the render by its incoming object.
  if ('incoming' in rendered) await removeIncoming(services, rendered.incoming.key);
  return completed;
}

/** Brings the file to its key, from the disk or from where in the bucket the engine has left it. */
async function storeFile(
  { store }: Services,
  key: string,
  rendered: RenderedVideo | RenderedObject,
  signal: AbortSignal,
): Promise<void> {
  if (!('incoming' in rendered)) {
    const { path, contentSha256: sha256, sizeBytes } = rendered;
    return await store.put(key, { path, sha256, sizeBytes }, signal);
  }
  if (store.incoming === undefined) throw new TypeError('The store has no bucket to find the render in.');
  await store.incoming.adopt(key, rendered.incoming, signal);
}

/** The video is READY, so a failure here is only logged. The bucket's lifecycle rule for `incoming/` removes the object later. */
async function removeIncoming({ store, logger }: Services, key: string): Promise<void> {
  try {
    await store.incoming?.remove(key);
  } catch (error) {
    logger.warn({ object_key: key, err: error }, 'incoming object not removed');
  }
}

/**
 * The inputs behind a video hash.
 *
 * @throws AppError VIDEO_NOT_FOUND, or RENDER_FAILED when the stored inputs have another hash
 */
export async function loadInputs(services: Services, hash: string): Promise<VideoInputs> {
  const canonical = await findCanonicalInputs(services.database.orm, hash);
  if (canonical === undefined) throw new AppError('VIDEO_NOT_FOUND', `There are no inputs of ${hash}.`);
  const inputs = parseCanonicalInputs(canonical);
  if (inputs.hash !== hash) {
    throw new AppError('RENDER_FAILED', 'The stored inputs have another video hash.', { retryable: false });
  }
  return inputs;
}

/** A URL is final, so a repeated render by the same engine must give the stored bytes. Another engine may encode differently. */
async function refuseOtherBytes(
  services: Services,
  { hash, engine, rendered }: { hash: string; engine: string; rendered: { contentSha256: string } },
): Promise<void> {
  const stored = (await findVideo(services.database.orm, hash))?.details;
  if (stored?.contentSha256 == null || stored.engine !== engine) return;
  if (stored.contentSha256 !== rendered.contentSha256) {
    throw new AppError(
      'RENDER_NOT_DETERMINISTIC',
      `The render has digest ${rendered.contentSha256}, the stored video ${stored.contentSha256}. The stored video was kept.`,
    );
  }
}
