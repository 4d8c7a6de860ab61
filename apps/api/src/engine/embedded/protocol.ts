import type { ErrorCode } from '../../errors.ts';
import type { Chunk } from './chunk.ts';
import type { FfmpegPaths } from './ffmpeg-paths.ts';

/** What a worker is given at its start. */
export interface WorkerData {
  readonly ffmpeg: FfmpegPaths;
}

/** From the engine to a worker. A worker gets one chunk at a time. */
export type ToWorker = { readonly type: 'encode'; readonly chunk: Chunk } | { readonly type: 'cancel' };

/** From a worker to the engine. `encoded`, `cancelled` and `failed` each end the chunk. */
export type FromWorker =
  | { readonly type: 'encoder'; readonly pid: number }
  | { readonly type: 'frame' }
  | { readonly type: 'encoded'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly type: 'cancelled' }
  | { readonly type: 'failed'; readonly failure: ChunkFailure };

/** An error in a form that passes between threads. */
export interface ChunkFailure {
  readonly code: ErrorCode;
  readonly message: string;
  /** For the log. */
  readonly cause: unknown;
}
