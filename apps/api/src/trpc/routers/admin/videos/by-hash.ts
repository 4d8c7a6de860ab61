import { ByHashRequestSchema, VideoDetailSchema } from '@defrag/core';
import { findVideo, listRenderJobs } from '@defrag/db';
import { AppError } from '../../../../errors.ts';
import { renderJobDto } from '../../../dto/render-job.ts';
import { videoDto } from '../../../dto/video.ts';
import { adminProcedure } from '../../../init.ts';

/** Most renders of a video that are listed. */
const MAX_JOBS = 100;

/** One video with its canonical inputs and its renders. */
export const videoByHashProcedure = adminProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/api/v1/admin/videos/{hash}',
      operationId: 'getVideo',
      tags: ['Videos'],
      summary: 'Read a video, its canonical inputs and its renders',
      errorResponses: [400, 401, 404, 429, 500, 503],
    },
  })
  .input(ByHashRequestSchema)
  .output(VideoDetailSchema)
  .query(async ({ ctx, input }) => {
    const { database, store } = ctx.services;
    const video = await findVideo(database.orm, input.hash);
    if (video === undefined) throw new AppError('VIDEO_NOT_FOUND', `There is no video ${input.hash}.`);
    const jobs = await listRenderJobs(database.orm, input.hash, MAX_JOBS);
    return {
      ...(await videoDto(store, video)),
      canonical_inputs: video.canonical,
      jobs: jobs.map(renderJobDto),
    };
  });
