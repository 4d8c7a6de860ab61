import type { VideoDetail } from '@defrag/core';
import { findVideo, listRenderJobs, type RenderJob } from '@defrag/db';
import type { Services } from '../../pipeline/services.ts';
import { renderJobDto } from './render-job.ts';
import { videoDto } from './video.ts';

/** Most renders of a video that are listed. */
const MAX_JOBS = 100;

/** A video with its canonical inputs and the history of its renders, or undefined when nobody ever asked for it. */
export async function readVideoDetail(services: Services, hash: string): Promise<VideoDetail | undefined> {
  const { database, store } = services;
  const video = await findVideo(database.orm, hash);
  if (video === undefined) return undefined;
  const jobs = await listRenderJobs(database.orm, hash, MAX_JOBS);
  return {
    ...(await videoDto(store, video)),
    canonical_inputs: video.canonical,
    jobs: jobs.map(renderJobDto),
    determinism: determinismOf(jobs),
  };
}

type Verdict = Pick<RenderJob, 'state' | 'errorCode' | 'engine' | 'contentSha256'>;

/**
 * What repeated renders have shown: the newest one that could be compared with an earlier one decides.
 *
 * @param jobs the newest first
 */
export function determinismOf(jobs: readonly Verdict[]): VideoDetail['determinism'] {
  for (const [index, job] of jobs.entries()) {
    if (job.state === 'FAILED' && job.errorCode === 'RENDER_NOT_DETERMINISTIC') return 'DIFFERENT';
    // Other bytes than those of an earlier render by the same engine would have made it fail.
    const isRepeated = jobs
      .slice(index + 1)
      .some(({ engine, contentSha256 }) => contentSha256 === job.contentSha256 && engine === job.engine);
    if (job.state === 'SUCCEEDED' && job.contentSha256 !== null && isRepeated) return 'IDENTICAL';
  }
  return 'UNVERIFIED';
}
