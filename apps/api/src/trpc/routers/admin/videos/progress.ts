import { VideoProgressRequestSchema, VideoProgressSchema } from '@defrag/core';
import { tracked } from '@trpc/server';
import { watchProgress } from '../../../../pipeline/requests/follow-render.ts';
import { adminProcedure } from '../../../init.ts';
import { isNewsAfter, progressEventId } from '../../../progress-event-id.ts';

/**
 * Follows a render until it ends. Each item carries an id; a client that comes back with the last one it saw gets what is
 * newer, and nothing that would take its progress back. Any API process can go on where another one stopped.
 */
export const videoProgressProcedure = adminProcedure
  .meta({ summary: 'Follow a render until it ends', yields: VideoProgressSchema })
  .input(VideoProgressRequestSchema)
  .subscription(async function* ({ ctx, input, signal }) {
    const ended = signal === undefined ? ctx.shutdown : AbortSignal.any([signal, ctx.shutdown]);
    for await (const progress of watchProgress(ctx.services, input.hash, ended)) {
      if (!isNewsAfter(input.lastEventId, progress)) continue;
      yield tracked(progressEventId(progress), VideoProgressSchema.parse(progress));
    }
    // A stream that returns tells its client that all is said; one that breaks off makes it come back, to another process.
    ended.throwIfAborted();
  });
