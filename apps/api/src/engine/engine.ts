import type { EngineName, VideoInputs } from '@defrag/core';
import type { IncomingObject } from '../store/store.ts';

export interface RenderRequest {
  readonly inputs: VideoInputs;
  /**
   * An empty folder for this render only, on the store's file system. The engine writes everything here, including the video. The
   * caller removes it.
   */
  readonly scratch: string;
  /** The job that the render is for, if there is one. An engine may use it to find a render that it started before. */
  readonly jobId?: string | undefined;
  /**
   * Ends the render. The reason decides the error: RENDER_TIMED_OUT for a `TimeoutError`, RENDER_CANCELLED for any other. After a
   * {@link ProcessStoppingError} a render outside this process may continue and be resumed.
   */
  readonly signal: AbortSignal;
  /** Called with 1, 2, 3 ... up to `framesTotal` as frames are finished. */
  onProgress(framesDone: number, framesTotal: number): void;
}

export interface RenderedVideo {
  readonly path: string;
  readonly sizeBytes: number;
  /** SHA-256 of the file, 64 lowercase hexadecimal digits. */
  readonly contentSha256: string;
  readonly frames: number;
}

/** A finished MP4 file that the engine has left in the store's bucket. */
export interface RenderedObject extends Pick<RenderedVideo, 'sizeBytes' | 'contentSha256' | 'frames'> {
  readonly incoming: IncomingObject;
}

/** The engine has no room for the render now. The job goes back to the queue, and this try does not count. */
export class RenderPostponedError extends Error {
  override readonly name = 'RenderPostponedError';
}

/** The reason of a render's signal when it ends only because this process stops. */
export class ProcessStoppingError extends Error {
  override readonly name = 'ProcessStoppingError';
}

/** Turns inputs into an MP4 file. Equal inputs give equal bytes. Safe for concurrent renders. */
export interface RenderEngine {
  readonly name: EngineName;
  /** @throws AppError with one of the RENDER_ codes, or UNAVAILABLE; RenderPostponedError */
  render(request: RenderRequest): Promise<RenderedVideo | RenderedObject>;
  /** Ends running renders with RENDER_CANCELLED and frees everything. Safe to call twice. */
  close(): Promise<void>;
}
