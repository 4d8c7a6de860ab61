import { deriveMotion, RENDERER_VERSION, type VideoInputs } from '@defrag/core';
import { type Executor, type FrictionEventRow, queueRender } from '@defrag/db';
import type { Services } from './services.ts';

export interface WantedVideo {
  readonly event: FrictionEventRow;
  readonly inputs: VideoInputs;
  readonly forced: boolean;
  /** Whether to render a READY video again because its file is missing. */
  readonly objectIsLost: boolean;
  /** Whether it waits behind the renders that people request. (Default: false) */
  readonly inBackground?: boolean;
}

/**
 * Joins the video's active job, or creates one. However many callers ask at once, there is one job: its rows and its queue entry
 * exist together when the transaction commits, or not at all.
 *
 * @returns the job's id; null when the video became READY meanwhile
 */
export async function joinOrCreateJob(
  services: Services,
  transaction: Executor,
  { event, inputs, forced, objectIsLost, inBackground = false }: WantedVideo,
): Promise<string | null> {
  const { jobId, created } = await queueRender(transaction, {
    hash: inputs.hash,
    canonical: inputs.canonical,
    motionProfile: deriveMotion(inputs, inputs.seed),
    inputs,
    rendererVersion: RENDERER_VERSION,
    objectKey: inputs.key,
    frictionEvent: event,
    forced,
    objectIsLost,
  });
  if (created) await services.queue.enqueue(transaction, { jobId, videoHash: inputs.hash }, { inBackground });
  return jobId;
}
