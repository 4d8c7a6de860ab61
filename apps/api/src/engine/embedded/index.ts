import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { copyFileDurably, sha256OfFile } from '../../files/durable-file.ts';
import { claimScratchFolder } from '../../files/scratch-folder.ts';
import type { RenderEngine, RenderedVideo, RenderRequest } from '../engine.ts';
import { createRunningRenders } from '../running-renders.ts';
import { chunksOf } from './chunk.ts';
import { createEncoderPool, type EncoderPool } from './encoder-pool.ts';
import { ffmpegPaths } from './ffmpeg-paths.ts';
import { joinChunks } from './join-chunks.ts';

export { encodeArguments, type FrameFormat } from './ffmpeg-arguments.ts';
export { type FfmpegPaths, ffmpegPaths } from './ffmpeg-paths.ts';
export { type FfmpegProcess, startFfmpeg } from './ffmpeg-process.ts';
export { joinChunks } from './join-chunks.ts';
export { convertRgbaToYuv420, yuv420Bytes } from './rgba-to-yuv420.ts';

/** Settings of the embedded engine. */
export interface EmbeddedEngineOptions {
  /** Number of threads, each of which draws and runs an FFmpeg. At least 1. */
  readonly concurrency: number;
  /** Folder for unfinished files; other processes may share it. Made when it is missing. */
  readonly scratchDir: string;
  /** Milliseconds without any progress after which a render ends with RENDER_TIMED_OUT. (Default: 60000) */
  readonly stallTimeoutMs?: number;
}

/** The embedded engine; its pool is there to be looked at. */
export interface EmbeddedEngine extends RenderEngine {
  readonly name: 'embedded';
  readonly pool: EncoderPool;
  render(request: RenderRequest): Promise<RenderedVideo>;
}

/**
 * The engine that needs nothing but Node: worker threads draw with CanvasKit and encode with the FFmpeg that comes with the
 * dependencies.
 *
 * @throws AppError RENDER_ENCODER_FAILED when there is no FFmpeg for this machine; the error of the file system when
 *   `scratchDir` cannot be written to
 */
export async function createEmbeddedEngine(options: EmbeddedEngineOptions): Promise<EmbeddedEngine> {
  const { concurrency, scratchDir, stallTimeoutMs = 60_000 } = options;
  const ffmpeg = ffmpegPaths();
  const scratch = await claimScratchFolder(scratchDir);
  const pool = createEncoderPool({ concurrency, workerData: { ffmpeg }, stallTimeoutMs });
  const renders = createRunningRenders();

  /** Draws, encodes, joins and places a video; rejects with whatever went wrong first. */
  const produce = async (request: RenderRequest): Promise<RenderedVideo> => {
    const failed = new AbortController();
    const { inputs, videoHash, outputPath, onProgress } = request;
    const signal = AbortSignal.any([request.signal, renders.closing, failed.signal]);
    signal.throwIfAborted();
    const chunks = chunksOf(inputs);
    const frames = chunks.reduce((sum, chunk) => sum + chunk.frames, 0);
    let framesDone = 0;
    const onFrame = () => {
      if (signal.aborted) return;
      framesDone += 1;
      try {
        onProgress(framesDone, frames);
      } catch (error) {
        failed.abort(error);
      }
    };
    const render = Symbol('render');
    const encoded = await allOrAbort(
      chunks.map((chunk) => pool.encode(render, chunk, signal, onFrame)),
      failed,
    );
    return scratch.withFolder(async (folder) => {
      const path = join(folder, 'video.mp4');
      const joinSignal = AbortSignal.any([signal, AbortSignal.timeout(stallTimeoutMs)]);
      await joinChunks(ffmpeg, encoded, { fps: inputs.fps, videoHash, path, frames, signal: joinSignal });
      const [{ size: sizeBytes }, contentSha256] = await Promise.all([stat(path), sha256OfFile(path)]);
      signal.throwIfAborted();
      await copyFileDurably(path, outputPath);
      return { path: outputPath, sizeBytes, contentSha256, frames };
    });
  };

  return {
    name: 'embedded',
    pool,
    render: (request) => renders.track(request, produce(request)),
    async close() {
      await renders.end();
      await pool.close();
      await scratch.release();
    },
  };
}

/** Like `Promise.all`, but the first failure ends the others, and nothing is in work any more when this settles. */
async function allOrAbort<Value>(promises: Promise<Value>[], failed: AbortController): Promise<Value[]> {
  try {
    return await Promise.all(promises);
  } catch (error) {
    failed.abort();
    await Promise.allSettled(promises);
    throw error;
  }
}
