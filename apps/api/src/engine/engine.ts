import type { EngineName, VideoInputs } from '@defrag/core';
import type { IncomingObject } from '../store/store.ts';

/** One video to render. */
export interface RenderRequest {
  /** What decides the picture. */
  readonly inputs: VideoInputs;
  /** The video's hash; it is written into the file's metadata. */
  readonly videoHash: string;
  /** Where the finished file goes. It appears there whole or not at all; an existing file is replaced. */
  readonly outputPath: string;
  /** The job that the render is for; undefined when there is none. An engine may find by it what it has begun before. */
  readonly jobId?: string | undefined;
  /** Aborted, before or with `signal`, when only this process stops: what renders elsewhere may go on, and be taken up again. */
  readonly stopping?: AbortSignal | undefined;
  /** Ends the render. A reason named `TimeoutError` makes the error RENDER_TIMED_OUT, any other RENDER_CANCELLED. */
  readonly signal: AbortSignal;
  /** Called as frames are finished; `framesDone` only ever grows, up to `framesTotal`. */
  onProgress(framesDone: number, framesTotal: number): void;
}

/** A finished MP4 file. */
export interface RenderedVideo {
  /** The request's `outputPath`. */
  readonly path: string;
  readonly sizeBytes: number;
  /** SHA-256 of the file, 64 lowercase hexadecimal digits. */
  readonly contentSha256: string;
  /** Number of frames in the file. */
  readonly frames: number;
}

/** A finished MP4 file that lies in the store's bucket already, where something else than this process has put it. */
export interface RenderedObject extends Pick<RenderedVideo, 'sizeBytes' | 'contentSha256' | 'frames'> {
  readonly incoming: IncomingObject;
}

/** The engine has no room for the render at the moment. It goes back to the queue, as if the try had not been. */
export class RenderPostponedError extends Error {
  override readonly name = 'RenderPostponedError';
}

/** Turns inputs into an MP4 file. Equal inputs give equal bytes. Safe for concurrent renders. */
export interface RenderEngine {
  readonly name: EngineName;
  /**
   * Renders one video. Whatever goes wrong, no file is left at `outputPath` that was not there before.
   *
   * @throws AppError with one of the RENDER_ codes, or UNAVAILABLE; RenderPostponedError when there is no room for it
   */
  render(request: RenderRequest): Promise<RenderedVideo | RenderedObject>;
  /** Ends running renders with RENDER_CANCELLED and frees everything. Safe to call twice. */
  close(): Promise<void>;
}
