import { join } from 'node:path';
import type { RenderEngine, RenderedVideo, RenderRequest } from '../engine.ts';
import { createRunningRenders, type FileRender, renderFile } from '../running-renders.ts';
import { chunksOf } from './chunk.ts';
import { type EncoderThreads, startEncoderThreads } from './encoder-threads.ts';
import { ffmpegPaths } from './ffmpeg-paths.ts';
import { joinChunks } from './join-chunks.ts';

export { encodeArguments, type FrameFormat } from './ffmpeg-arguments.ts';
export { type FfmpegPaths, ffmpegPaths } from './ffmpeg-paths.ts';
export { type FfmpegProcess, startFfmpeg } from './ffmpeg-process.ts';
export { joinChunks } from './join-chunks.ts';
export { convertRgbaToYuv420, yuv420Bytes } from './rgba-to-yuv420.ts';

export interface EmbeddedEngineOptions {
  /** Number of threads, each of which draws and runs an FFmpeg. At least 1. */
  readonly concurrency: number;
  /** Milliseconds without any progress after which a render ends with RENDER_TIMED_OUT. (Default: 60000) */
  readonly stallTimeoutMs?: number;
}

export interface EmbeddedEngine extends RenderEngine {
  readonly name: 'embedded';
  readonly workers: Pick<EncoderThreads, 'threads' | 'encoderPids'>;
  render(request: RenderRequest): Promise<RenderedVideo>;
}

/**
 * The engine that needs nothing but Node: threads draw with CanvasKit and encode with the bundled FFmpeg.
 *
 * @throws AppError RENDER_ENCODER_FAILED when there is no FFmpeg for this machine
 */
export function createEmbeddedEngine(options: EmbeddedEngineOptions): EmbeddedEngine {
  const { concurrency, stallTimeoutMs = 60_000 } = options;
  const ffmpeg = ffmpegPaths();
  const workers = startEncoderThreads({ concurrency, ffmpeg, stallTimeoutMs });
  const renders = createRunningRenders();

  const encodeAndJoin = async ({ request, frames, signal, report, fail }: FileRender): Promise<string> => {
    const { inputs, scratch } = request;
    const render = Symbol('render');
    const encodedFrames: number[] = [];
    const encoding = chunksOf(inputs).map((chunk, index) =>
      workers.encode(render, chunk, signal, (chunkFrames) => {
        encodedFrames[index] = chunkFrames;
        report(encodedFrames.reduce((sum, count) => sum + count, 0));
      }),
    );
    const chunks = await Promise.all(encoding).catch(async (error: unknown) => {
      fail(error);
      await Promise.allSettled(encoding);
      throw error;
    });
    const path = join(scratch, 'video.mp4');
    const joinSignal = AbortSignal.any([signal, AbortSignal.timeout(stallTimeoutMs)]);
    const { fps, hash: videoHash } = inputs;
    await joinChunks(ffmpeg, chunks, { fps, videoHash, path, frames, signal: joinSignal });
    return path;
  };

  return {
    name: 'embedded',
    workers,
    render: (request) => renderFile(renders, request, encodeAndJoin),
    async close() {
      await renders.end();
      await workers.close();
    },
  };
}
