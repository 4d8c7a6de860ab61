import { parentPort, workerData } from 'node:worker_threads';
import { createFrameSource } from '@defrag/composition/headless';
import { VIDEO_FORMAT } from '@defrag/core';
import { AppError } from '../../errors.ts';
import type { Chunk } from './chunk.ts';
import { type ChunkEncoder, encodeChunk } from './encode-chunk.ts';
import type { ChunkFailure, FromWorker, ToWorker, WorkerData } from './protocol.ts';
import { yuv420Bytes } from './rgba-to-yuv420.ts';

// A worker thread of the engine. It lives as long as the engine and keeps CanvasKit, its memory and its buffers.

if (parentPort === null) throw new Error('worker.ts runs as a worker thread only');
const port = parentPort;
const post = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

const ready = prepare();
let cancelling = new AbortController();

port.on('message', (message: ToWorker) => {
  if (message.type === 'cancel') cancelling.abort();
  else void work(message.chunk);
});

async function prepare(): Promise<ChunkEncoder> {
  const { width, height } = VIDEO_FORMAT;
  const buffer = () => new Uint8Array(yuv420Bytes(width, height));
  return {
    ffmpeg: (workerData as WorkerData).ffmpeg,
    frameSource: await createFrameSource({ width, height }),
    buffers: [buffer(), buffer()],
  };
}

async function work(chunk: Chunk): Promise<void> {
  cancelling = new AbortController();
  const { signal } = cancelling;
  try {
    const output = await encodeChunk(await ready, chunk, signal, {
      onEncoder: (pid) => post({ type: 'encoder', pid }),
      onFrame: () => post({ type: 'frame' }),
    });
    // A buffer of its own: small ones share theirs, which must not be handed over.
    const bytes = new Uint8Array(output);
    post({ type: 'encoded', bytes }, [bytes.buffer]);
  } catch (error) {
    if (signal.aborted) post({ type: 'cancelled' });
    else post({ type: 'failed', failure: describe(error) });
  }
}

function describe(error: unknown): ChunkFailure {
  if (error instanceof AppError) return { code: error.code, message: error.message, cause: error.cause };
  return { code: 'RENDER_FAILED', message: 'A frame could not be drawn', cause: error };
}
