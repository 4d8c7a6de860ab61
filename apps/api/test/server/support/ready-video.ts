import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deriveMotion, durationInFrames, objectKey, RENDERER_VERSION } from '@defrag/core';
import { completeRender, findFrictionEvent, queueRender, startRender } from '@defrag/db';
import { inputsOf } from '../../../src/pipeline/friction-event.ts';
import type { TestServices } from '../../support/test-services.ts';

export interface QueuedVideo {
  readonly hash: string;
  readonly jobId: string;
  readonly frames: number;
}

/** Writes the rows of a requested video, without adding a job to the queue. */
export async function queueVideo(
  services: TestServices,
  frictionId: string,
  durationMs = 6_000,
): Promise<QueuedVideo> {
  const event = await findFrictionEvent(services.database.orm, frictionId);
  if (event === undefined) throw new Error(`no event ${frictionId}`);
  const inputs = inputsOf(event, durationMs);
  const { hash } = inputs;
  const { jobId } = await services.database.transaction((tx) =>
    queueRender(tx, {
      hash,
      canonical: inputs.canonical,
      motionProfile: deriveMotion(inputs, inputs.seed),
      inputs,
      rendererVersion: RENDERER_VERSION,
      objectKey: inputs.key,
      frictionEvent: event,
      forced: false,
    }),
  );
  if (jobId === null) throw new Error('the video is already READY');
  return { hash, jobId, frames: durationInFrames(inputs.durationMs, inputs.fps) };
}

/** Records that a worker started the job. */
export async function beginRender(services: TestServices, { jobId, frames }: QueuedVideo): Promise<void> {
  await startRender(services.database.orm, {
    jobId,
    engine: 'embedded',
    worker: 'test',
    framesTotal: frames,
    try: 1,
  });
}

/** Stores the bytes and marks the video READY. */
export async function finishRender(
  services: TestServices,
  { hash, jobId }: QueuedVideo,
  bytes: Buffer,
): Promise<void> {
  const path = join(services.scratchDir, hash);
  await writeFile(path, bytes);
  const contentSha256 = createHash('sha256').update(bytes).digest('hex');
  const facts = { sizeBytes: bytes.length, contentSha256 };
  await services.store.put(objectKey(hash), { path, sha256: contentSha256, sizeBytes: bytes.length });
  await services.database.transaction(async (tx) =>
    completeRender(tx, {
      jobId,
      hash,
      url: await services.store.urlFor(objectKey(hash)),
      engine: 'embedded',
      renderDurationMs: 1_234,
      ...facts,
    }),
  );
}

/** Creates a READY video with these bytes in the store. */
export async function readyVideo(
  services: TestServices,
  frictionId: string,
  bytes: Buffer = Buffer.from('not a real video'),
  durationMs = 6_000,
): Promise<QueuedVideo> {
  const video = await queueVideo(services, frictionId, durationMs);
  await beginRender(services, video);
  await finishRender(services, video, bytes);
  return video;
}
