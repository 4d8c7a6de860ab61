import {
  canonicalInputs,
  type MotionProfile,
  objectKey,
  RENDERER_VERSION,
  type VideoInputs,
} from '@defrag/core';
import { type Executor, type FrictionEvent, queueRender } from '@defrag/db';
import type { Services } from './services.ts';

/** What is to be rendered, and why. */
export interface RenderJobRequest {
  readonly event: FrictionEvent;
  readonly inputs: VideoInputs;
  readonly motionProfile: MotionProfile;
  readonly hash: string;
  /** Whether a READY video is to be rendered again. */
  readonly forced: boolean;
  /** Whether a READY video is to be rendered again because its file is gone. */
  readonly objectIsLost: boolean;
  /** Whether it waits behind what people ask for. (Default: false) */
  readonly inBackground?: boolean;
}

/**
 * Makes a miss one job, however many callers ask at once: public row QUEUED, private row, details, job and queue entry exist
 * together when the transaction commits, or not at all.
 *
 * @returns the id of the render that was begun or joined; null when the video became READY meanwhile
 */
export async function queueRenderJob(
  services: Services,
  transaction: Executor,
  render: RenderJobRequest,
): Promise<string | null> {
  const { jobId, created } = await queueRender(transaction, {
    hash: render.hash,
    canonical: canonicalInputs(render.inputs),
    motionProfile: render.motionProfile,
    inputs: render.inputs,
    rendererVersion: RENDERER_VERSION,
    objectKey: objectKey(render.hash),
    frictionEvent: render.event,
    forced: render.forced,
    objectIsLost: render.objectIsLost,
  });
  if (created) {
    const payload = { jobId, videoHash: render.hash };
    await services.queue.enqueue(transaction, payload, { inBackground: render.inBackground ?? false });
  }
  return jobId;
}
