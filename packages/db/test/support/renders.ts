import { randomUUID } from 'node:crypto';
import { RENDERER_VERSION, videoInputs } from '@defrag/core';
import {
  type Database,
  type Executor,
  type FrictionEventRow,
  frictionEvents,
  type QueueRenderRequest,
  queueRender,
} from '../../src/index.ts';

/** Inserts a friction event, with defaults for omitted columns. */
export async function writeEvent(
  executor: Executor,
  event: Partial<typeof frictionEvents.$inferInsert> = {},
): Promise<FrictionEventRow> {
  const [row] = await executor
    .insert(frictionEvents)
    .values({
      userId: randomUUID(),
      connectionId: randomUUID(),
      eventDate: '2025-03-01',
      engineVersion: 'test',
      pressureScore: 55,
      frictionScore: 72,
      fidelityBucket: 'HIGH',
      assetHash: 'no such still',
      provenanceHash: randomUUID(),
      ...event,
    })
    .returning();
  if (row === undefined) throw new Error('nothing was written');
  return row;
}

/** The job that the pipeline requests for an event. */
export function requestFor(
  event: FrictionEventRow,
  changes: Partial<QueueRenderRequest> = {},
): QueueRenderRequest {
  const inputs = videoInputs({
    frictionScore: event.frictionScore,
    pressureScore: event.pressureScore,
    seed: event.provenanceHash,
  });
  return {
    hash: inputs.hash,
    canonical: inputs.canonical,
    motionProfile: { private: 'curves' },
    inputs,
    rendererVersion: RENDERER_VERSION,
    objectKey: inputs.key,
    frictionEvent: event,
    forced: false,
    ...changes,
  };
}

/** Queues a render for an event and expects a new job. */
export async function queueFor(
  database: Database,
  event: FrictionEventRow,
  changes: Partial<QueueRenderRequest> = {},
): Promise<{ jobId: string; hash: string; request: QueueRenderRequest }> {
  const request = requestFor(event, changes);
  const { jobId, created } = await database.transaction((tx) => queueRender(tx, request));
  if (jobId === null || !created) throw new Error('no new job was made');
  return { jobId, hash: request.hash, request };
}

/** A rendered file, as `completeRender` expects it. */
export function fileFacts(render: { jobId: string; hash: string }) {
  return {
    jobId: render.jobId,
    hash: render.hash,
    inputs: { width: 1920, height: 1080, durationMs: 6_000, fps: 30 } as const,
    url: `https://videos.example/${render.hash}.mp4`,
    contentSha256: 'ab'.repeat(32),
    sizeBytes: 5_500_000,
    engine: 'embedded',
    renderDurationMs: 5_123.6,
  };
}

/** A worker's own report. */
export const WORKER = {
  id: '30000000-0000-4000-8000-000000000001',
  name: 'render-1:4711',
  host: 'render-1',
  pid: 4_711,
  engine: 'embedded',
  rendererVersion: RENDERER_VERSION,
  concurrency: 2,
} as const;
