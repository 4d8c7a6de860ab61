import { durationInFrames, type VideoInputs } from '@defrag/core';
import type { Executor } from '../database.ts';
import { and, eq, sql } from '../drizzle.ts';
import { assetCachePrivate, assetCachePublic, type PressureBucket } from '../schema/asset-cache.ts';
import type { FrictionEventRow } from '../schema/friction-events.ts';
import { renderJobs } from '../schema/render-jobs.ts';
import { videoDetails } from '../schema/video-details.ts';
import { findActiveJobId } from './active-job.ts';

/** A render for {@link queueRender}. */
export interface QueueRenderRequest {
  /** The video hash. */
  hash: string;
  /** The canonical inputs behind the hash. */
  canonical: string;
  /** Result of `deriveMotion` as JSON. Private. */
  motionProfile: unknown;
  inputs: VideoInputs;
  rendererVersion: string;
  objectKey: string;
  frictionEvent: Pick<FrictionEventRow, 'id' | 'assetHash' | 'fidelityBucket'>;
  /** Whether to render a READY video again. */
  forced: boolean;
  /** Whether to render a READY video again because its file is lost. (Default: false) */
  objectIsLost?: boolean | undefined;
}

/** The job of a video, new or active already. */
export type QueueRenderResult =
  /** `created`: this call made the job, and its caller must queue it for the workers. */
  | { status: 'QUEUED'; jobId: string; created: boolean }
  /** The video has become READY meanwhile. */
  | { status: 'READY'; jobId: null; created: false };

/**
 * Requests a render: writes the public row, the private row, the details and one job. Call it in the transaction that also
 * queues the job for the workers. Of any number of simultaneous calls for a hash, one makes the job and the others get its id:
 * they take turns on the public row, which every writer of a video locks first, so that none deadlocks.
 *
 * A READY row stays READY during a forced render, so that viewers keep the video. When its file is lost, it becomes QUEUED
 * without a URL, so that no viewer gets a dead link.
 *
 * @throws DatabaseError, with code 22P05 or 22021 for a seed with a NUL character, which PostgreSQL cannot store
 */
export async function queueRender(tx: Executor, request: QueueRenderRequest): Promise<QueueRenderResult> {
  const { hash, inputs, forced, objectIsLost = false } = request;

  // Fast path: a job is already active, so skip the row lock.
  const early = await findActiveJobId(tx, hash);
  if (early !== undefined) return { status: 'QUEUED', jobId: early, created: false };

  const picture = {
    width: inputs.width,
    height: inputs.height,
    durationSeconds: Math.round(inputs.durationMs / 1_000),
  };
  // Inserts the row, or locks the existing one without changing it.
  await tx
    .insert(assetCachePublic)
    .values({ hash, type: 'VIDEO', status: 'QUEUED', url: null, ...picture })
    .onConflictDoUpdate({ target: assetCachePublic.hash, set: { hash }, setWhere: sql`false` });

  const active = await findActiveJobId(tx, hash);
  if (active !== undefined) return { status: 'QUEUED', jobId: active, created: false };
  const [asset] = await tx
    .select({ status: assetCachePublic.status })
    .from(assetCachePublic)
    .where(eq(assetCachePublic.hash, hash));
  const ready = asset?.status === 'READY';
  if (ready && !forced && !objectIsLost) return { status: 'READY', jobId: null, created: false };
  if (!ready || objectIsLost) {
    await tx
      .update(assetCachePublic)
      .set({ status: 'QUEUED', url: null, ...picture })
      .where(eq(assetCachePublic.hash, hash));
  }

  await writePrivateRow(tx, request);
  const details = {
    frictionScore: inputs.frictionScore,
    pressureScore: inputs.pressureScore,
    seed: inputs.seed,
    durationMs: inputs.durationMs,
    rendererVersion: request.rendererVersion,
    objectKey: request.objectKey,
  };
  // The facts of an existing file stay: the new file is compared with them.
  await tx
    .insert(videoDetails)
    .values({ hash, ...details })
    .onConflictDoUpdate({
      target: videoDetails.hash,
      set: objectIsLost ? { ...details, ...NO_FILE } : details,
    });
  const [job] = await tx
    .insert(renderJobs)
    .values({
      hash,
      frictionId: request.frictionEvent.id,
      forced,
      framesTotal: durationInFrames(inputs.durationMs, inputs.fps),
    })
    .returning({ id: renderJobs.id });
  if (job === undefined) throw new Error('an insert with RETURNING returned nothing');
  return { status: 'QUEUED', jobId: job.id, created: true };
}

/** The columns of `video_details` when there is no file. */
const NO_FILE = {
  contentSha256: null,
  sizeBytes: null,
  engine: null,
  renderedAt: null,
  renderDurationMs: null,
};

async function writePrivateRow(tx: Executor, request: QueueRenderRequest): Promise<void> {
  const { inputs, frictionEvent, rendererVersion } = request;
  const still = await findStillClasses(tx, frictionEvent.assetHash);
  const row = {
    canonical: request.canonical,
    userClass: still?.userClass ?? UNSPECIFIED,
    targetClass: still?.targetClass ?? UNSPECIFIED,
    pressureBucket: pressureBucket(inputs.pressureScore),
    fidelityBucket: frictionEvent.fidelityBucket,
    frictionBracket10: frictionBracket10(inputs.frictionScore),
    assetVersion: rendererVersion,
    durationMs: inputs.durationMs,
    fps: inputs.fps,
    rendererVersion,
    motionProfile: request.motionProfile,
  };
  await tx
    .insert(assetCachePrivate)
    .values({ hash: request.hash, ...row })
    .onConflictDoUpdate({ target: assetCachePrivate.hash, set: row });
}

/** The classes of a video whose event has no still in the cache. */
const UNSPECIFIED = 'UNSPECIFIED';

async function findStillClasses(
  tx: Executor,
  assetHash: string,
): Promise<{ userClass: string; targetClass: string } | undefined> {
  const [classes] = await tx
    .select({ userClass: assetCachePrivate.userClass, targetClass: assetCachePrivate.targetClass })
    .from(assetCachePrivate)
    .innerJoin(assetCachePublic, eq(assetCachePublic.hash, assetCachePrivate.hash))
    .where(and(eq(assetCachePrivate.hash, assetHash), eq(assetCachePublic.type, 'STILL')));
  return classes;
}

/** The bucket of a pressure score 0..100: LOW to 33, MED to 66, HIGH above. */
export function pressureBucket(pressureScore: number): PressureBucket {
  if (pressureScore <= 33) return 'LOW';
  return pressureScore <= 66 ? 'MED' : 'HIGH';
}

/** A friction score 0..100 floored to tens: 0, 10 .. 100. */
export function frictionBracket10(frictionScore: number): number {
  return Math.floor(frictionScore / 10) * 10;
}
