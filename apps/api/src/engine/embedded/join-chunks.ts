import { AppError } from '../../errors.ts';
import { joinArguments } from './ffmpeg-arguments.ts';
import type { FfmpegPaths } from './ffmpeg-paths.ts';
import { startFfmpeg } from './ffmpeg-process.ts';

/**
 * Writes encoded chunks, in their order, into one MP4 file without encoding them again.
 *
 * @param options.path where the file goes; left incomplete when this rejects
 * @param options.frames number of frames that the file must have
 * @throws AppError RENDER_OUT_OF_SPACE or RENDER_ENCODER_FAILED, or the signal's reason when aborted
 */
export async function joinChunks(
  ffmpeg: FfmpegPaths,
  chunks: readonly Uint8Array[],
  options: { fps: number; videoHash: string; path: string; frames: number; signal: AbortSignal },
): Promise<void> {
  const { signal, frames } = options;
  signal.throwIfAborted();
  const joiner = startFfmpeg(ffmpeg, joinArguments(options));
  signal.addEventListener('abort', joiner.kill, { once: true });
  let report: Buffer;
  try {
    for (const chunk of chunks) await joiner.write(chunk);
    joiner.end();
    report = await joiner.output;
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', joiner.kill);
  }
  // FFmpeg's option `-progress` writes lines such as `frame=30`, the last one at the end.
  const joined = Number([...report.toString().matchAll(/^frame=(\d+)$/gm)].at(-1)?.[1] ?? 0);
  if (joined !== frames) {
    throw new AppError('RENDER_ENCODER_FAILED', `The video has ${joined} frames instead of ${frames}.`);
  }
}
