import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { VideoProgress } from '@defrag/core';
import { createDefragClient } from '../../client/index.ts';
import { AppError, toErrorCode } from '../../errors.ts';
import { StartupError } from '../../startup-error.ts';
import type { ProgressListener, Renderer } from './renderer.ts';

/** Asks the server that holds the embedded database, through the same client that other services use. */
export function createServerRenderer(server: { url: string; adminKey: string }): Renderer {
  const client = createDefragClient(server);

  const follow = (hash: string, onProgress: ProgressListener, signal: AbortSignal) =>
    new Promise<VideoProgress | undefined>((resolve, reject) => {
      let last: VideoProgress | undefined;
      const subscription = client.admin.videos.progress.subscribe(
        { hash },
        {
          onData({ data }) {
            last = data;
            onProgress(data.frames_done, data.frames_total);
          },
          onError: reject,
          onComplete: () => resolve(last),
        },
      );
      signal.addEventListener('abort', () => {
        subscription.unsubscribe();
        resolve(undefined);
      });
    });

  const renderAndFollow = async (
    request: { friction_id: string; duration_ms: number; force_regenerate: boolean },
    onProgress: ProgressListener,
    signal: AbortSignal,
  ) => {
    const answer = await client.admin.renderVideo.mutate(request);
    const last = answer.status === 'READY' ? undefined : await follow(answer.hash, onProgress, signal);
    signal.throwIfAborted();
    return { answer, last };
  };

  return {
    async render(request, onProgress, signal) {
      const { answer, last } = await renderAndFollow(
        { friction_id: request.frictionId, duration_ms: request.durationMs, force_regenerate: request.force },
        onProgress,
        signal,
      );
      if (last !== undefined && last.job_state !== 'SUCCEEDED') {
        throw new AppError(toErrorCode(last.error_code), `The render ended ${last.job_state}.`);
      }
      return { hash: answer.hash, url: answer.url, cacheHit: last === undefined };
    },

    async verify(hash, onProgress, signal) {
      const video = await client.admin.videos.byHash.query({ hash });
      if (video.content_sha256 === null || video.duration_ms === null || video.latest_job === null) {
        throw new AppError(
          'CONFLICT',
          `The video ${hash} was never finished; there is nothing to compare with.`,
        );
      }
      const { answer } = await renderAndFollow(
        { friction_id: video.latest_job.friction_id, duration_ms: video.duration_ms, force_regenerate: true },
        onProgress,
        signal,
      );
      if (answer.hash !== hash) {
        throw new AppError(
          'CONFLICT',
          `The friction event of ${hash} has changed since; its video is ${answer.hash}.`,
        );
      }
      const { jobs } = await client.admin.videos.byHash.query({ hash });
      const renderedSha256 = jobs[0]?.content_sha256;
      if (renderedSha256 == null) throw new AppError('RENDER_FAILED', 'The render did not finish.');
      return { storedSha256: video.content_sha256, renderedSha256 };
    },

    async read({ url }) {
      const response = await fetch(url);
      if (!response.ok || response.body === null) {
        throw new StartupError(`${url} answered ${response.status}.`);
      }
      return Readable.fromWeb(response.body as ReadableStream);
    },

    close: () => Promise.resolve(),
  };
}
