import { parentPort, workerData } from 'node:worker_threads';
import { createFrameSource } from '@defrag/composition/headless';
import { VIDEO_FORMAT } from '@defrag/core';
import { move } from 'piscina';
import { AppError } from '../../errors.ts';
import type { PortableFailure } from '../render-failure.ts';
import type { Chunk } from './chunk.ts';
import { encodeChunk } from './encode-chunk.ts';
import type { FfmpegPaths } from './ffmpeg-paths.ts';
import { yuv420Bytes } from './rgba-to-yuv420.ts';

// Entry point of an engine thread, which lives as long as the engine and reuses CanvasKit, its memory and its buffers.

export interface ThreadTask {
  readonly id: number;
  readonly chunk: Chunk;
}

/** A thread's reports on its task: the FFmpeg that it started, and the number of frames encoded. */
export interface ThreadMessage {
  readonly id: number;
  readonly pid?: number | undefined;
  readonly frames?: number;
}

export type EncodeResult = Uint8Array<ArrayBuffer> | PortableFailure;

const encoder = prepare();
// An error here is the error of the first chunk.
encoder.catch(() => {});

async function prepare() {
  const { width, height } = VIDEO_FORMAT;
  const buffer = () => new Uint8Array(yuv420Bytes(width, height));
  const frameSource = await createFrameSource({ width, height });
  return { ffmpeg: workerData as FfmpegPaths, frameSource, buffers: [buffer(), buffer()] as const };
}

export async function encode({ id, chunk }: ThreadTask): Promise<EncodeResult> {
  const report = (message: Omit<ThreadMessage, 'id'>) => parentPort?.postMessage({ id, ...message });
  try {
    const output = await encodeChunk(await encoder, chunk, {
      onStart: (pid) => report({ pid }),
      onFrames: (frames) => report({ frames }),
    });
    // A buffer of its own: Node's small buffers share their memory, which must not be handed over.
    return move(new Uint8Array(output)) as unknown as EncodeResult;
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, message: error.message, cause: error.cause };
    return { code: 'RENDER_FAILED', message: 'A frame could not be drawn.', cause: error };
  }
}
