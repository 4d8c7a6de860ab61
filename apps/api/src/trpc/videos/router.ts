import {
  AssetByHashRequestSchema,
  ByHashRequestSchema,
  CancelVideoResponseSchema,
  DeleteVideoResponseSchema,
  ListVideosRequestSchema,
  ListVideosResponseSchema,
  PublicAssetSchema,
  RenderManyRequestSchema,
  RenderManyResponseSchema,
  RenderVideoRequestSchema,
  RenderVideoResponseSchema,
  VideoDetailSchema,
  VideoProgressRequestSchema,
  VideoProgressSchema,
  VideoTotalsRequestSchema,
  VideoTotalsSchema,
} from '@defrag/core';
import { countVideos, findPublicAsset, findVideo, listVideos, type VideoFilters } from '@defrag/db';
import { tracked } from '@trpc/server';
import type { z } from 'zod';
import { AppError } from '../../errors.ts';
import { cancelVideo, deleteVideo, retryVideo } from '../../pipeline/requests/change-video.ts';
import { watchProgress } from '../../pipeline/requests/follow-render.ts';
import { renderMany } from '../../pipeline/requests/render-many.ts';
import { renderVideo } from '../../pipeline/requests/render-video.ts';
import type { Context } from '../context.ts';
import { adminProcedure, createRouter, publicProcedure } from '../init.ts';
import { restWithTag } from '../meta.ts';
import { toWire } from '../wire.ts';
import { readVideoDetail, videoDto, videoUrl } from './dto.ts';
import { isNewsAfter, progressEventId } from './progress-event-id.ts';

const rest = restWithTag('Videos');

export const renderVideoProcedure = adminProcedure
  .meta(
    rest('POST /admin/render-video', 'renderVideo', 'Request the video of a friction event', {
      description:
        'Returns 200 READY if the video is cached, else 202 QUEUED: the video will be at the URL of the response. ' +
        'Equal requests share one render.',
      queues: true,
      errors: ['FRICTION_EVENT_NOT_FOUND', 'CONFLICT'],
    }),
  )
  .input(RenderVideoRequestSchema)
  .output(RenderVideoResponseSchema)
  .mutation(({ ctx, input, signal }) =>
    renderVideo(ctx.services, {
      frictionId: input.friction_id,
      durationMs: input.duration_ms,
      forceRegenerate: input.force_regenerate,
      waitSeconds: ctx.waitSeconds ?? 0,
      signal: untilShutdown(ctx, signal),
    }),
  );

export const videosRouter = createRouter({
  list: adminProcedure
    .meta(rest('GET /admin/videos', 'listVideos', 'List videos, newest first'))
    .input(ListVideosRequestSchema.prefault({}))
    .output(ListVideosResponseSchema)
    .query(async ({ ctx, input }) => {
      const { items, nextCursor } = await listVideos(ctx.services.database.orm, {
        limit: input.limit,
        cursor: input.cursor ?? undefined,
        direction: input.direction,
        filters: { ...videoFilters(input), status: input.status },
      });
      return {
        items: await Promise.all(items.map((video) => videoDto(ctx.services.store, video))),
        next_cursor: nextCursor,
      };
    }),

  totals: adminProcedure
    .meta(
      rest(
        'GET /admin/videos/totals',
        'getVideoTotals',
        'Count the videos by status, and sum up their bytes',
      ),
    )
    .input(VideoTotalsRequestSchema.prefault({}))
    .output(VideoTotalsSchema)
    .query(async ({ ctx, input }) => {
      const { byStatus, storedBytes } = await countVideos(ctx.services.database.orm, videoFilters(input));
      const videos = byStatus.MISSING + byStatus.QUEUED + byStatus.READY + byStatus.FAILED;
      return { videos, by_status: byStatus, stored_bytes: storedBytes };
    }),

  byHash: adminProcedure
    .meta(
      rest('GET /admin/videos/{hash}', 'getVideo', 'Get a video, its canonical inputs and its renders', {
        errors: ['VIDEO_NOT_FOUND'],
      }),
    )
    .input(ByHashRequestSchema)
    .output(VideoDetailSchema)
    .query(async ({ ctx, input }) => {
      const video = await readVideoDetail(ctx.services, input.hash);
      if (video === undefined) throw new AppError('VIDEO_NOT_FOUND', `There is no video ${input.hash}.`);
      return video;
    }),

  // Each item has an id. A client that reconnects with the last one gets only newer items, from any API process.
  progress: adminProcedure
    .meta({ summary: 'Follow a render until it ends', yields: VideoProgressSchema })
    .input(VideoProgressRequestSchema)
    .subscription(async function* ({ ctx, input, signal }) {
      const ended = untilShutdown(ctx, signal);
      for await (const progress of watchProgress(ctx.services, input.hash, ended)) {
        if (!isNewsAfter(input.lastEventId, progress)) continue;
        yield tracked(progressEventId(progress), VideoProgressSchema.parse(progress));
      }
      // Returning tells the client that the stream is complete; throwing makes it reconnect, to another process. A client that
      // left hears neither, and what is thrown then nobody catches.
      if (signal?.aborted !== true) ctx.shutdown.throwIfAborted();
    }),

  retry: adminProcedure
    .meta(
      rest(
        'POST /admin/videos/{hash}/retry',
        'retryVideo',
        'Request a video again whose render failed or was cancelled',
        { queues: true, errors: ['VIDEO_NOT_FOUND', 'CONFLICT'] },
      ),
    )
    .input(ByHashRequestSchema)
    .output(RenderVideoResponseSchema)
    .mutation(({ ctx, input }) => retryVideo(ctx.services, input.hash)),

  cancel: adminProcedure
    .meta(
      rest('POST /admin/videos/{hash}/cancel', 'cancelVideo', 'Cancel the render of a video', {
        description: 'A worker that is rendering it stops shortly after the response.',
        errors: ['VIDEO_NOT_FOUND'],
      }),
    )
    .input(ByHashRequestSchema)
    .output(CancelVideoResponseSchema)
    .mutation(({ ctx, input }) => cancelVideo(ctx.services, input.hash)),

  delete: adminProcedure
    .meta(
      rest('DELETE /admin/videos/{hash}', 'deleteVideo', 'Delete a video, its file and its render history', {
        description: 'Refused with 409 while a render is queued or running. Idempotent.',
        errors: ['CONFLICT'],
      }),
    )
    .input(ByHashRequestSchema)
    .output(DeleteVideoResponseSchema)
    .mutation(({ ctx, input }) => deleteVideo(ctx.services, input.hash)),

  renderMany: adminProcedure
    .meta(rest('POST /admin/render-videos', 'renderVideos', 'Request the videos of up to 100 events'))
    .input(RenderManyRequestSchema)
    .output(RenderManyResponseSchema)
    .mutation(async ({ ctx, input }) => {
      const results = await renderMany(ctx.services, {
        frictionIds: input.friction_ids,
        durationMs: input.duration_ms,
        forceRegenerate: input.force_regenerate,
      });
      const { READY = [], QUEUED = [], REFUSED = [] } = Object.groupBy(results, ({ status }) => status);
      return { results, ready: READY.length, queued: QUEUED.length, refused: REFUSED.length };
    }),
});

export const assetsRouter = createRouter({
  byHash: publicProcedure
    .meta(
      restWithTag('Assets')('GET /assets/{hash}', 'getAsset', 'Get the public data of an asset', {
        errors: ['NOT_FOUND'],
      }),
    )
    .input(AssetByHashRequestSchema)
    .output(PublicAssetSchema)
    .query(async ({ ctx, input }) => {
      const { database, store } = ctx.services;
      const asset = await findPublicAsset(database.orm, input.hash);
      if (asset === undefined) throw new AppError('NOT_FOUND', 'There is no asset with this hash.');
      const isReadyVideo = asset.type === 'VIDEO' && asset.status === 'READY';
      const video = isReadyVideo ? await findVideo(database.orm, input.hash) : undefined;
      const objectKey = video?.details?.objectKey ?? null;
      return { ...toWire(asset), url: await videoUrl(store, { ...asset, objectKey }) };
    }),
});

function untilShutdown({ shutdown }: Pick<Context, 'shutdown'>, signal?: AbortSignal): AbortSignal {
  return signal === undefined ? shutdown : AbortSignal.any([signal, shutdown]);
}

function videoFilters(input: z.output<typeof VideoTotalsRequestSchema>): VideoFilters {
  const dateOf = (text: string | undefined) => (text === undefined ? undefined : new Date(text));
  return {
    engine: input.engine,
    rendererVersion: input.renderer_version,
    frictionId: input.friction_id,
    createdFrom: dateOf(input.created_from),
    createdTo: dateOf(input.created_to),
    hashPrefix: input.hash_prefix,
  };
}
