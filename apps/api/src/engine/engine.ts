import type { EngineName, VideoInputs } from '@defrag/core';

/** One video to render. */
export interface RenderRequest {
  /** What decides the picture. */
  readonly inputs: VideoInputs;
  /** The video's hash; it is written into the file's metadata. */
  readonly videoHash: string;
  /** Where the finished file goes. It appears there whole or not at all; an existing file is replaced. */
  readonly outputPath: string;
  /** Ends the render. A reason named `TimeoutError` makes the error RENDER_TIMED_OUT, any other RENDER_CANCELLED. */
  readonly signal: AbortSignal;
  /** Called once per finished frame; `framesDone` only ever grows, up to `framesTotal`. */
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

/** Turns inputs into an MP4 file. Equal inputs give equal bytes. Safe for concurrent renders. */
export interface RenderEngine {
  readonly name: EngineName;
  /**
   * Renders one video. Whatever goes wrong, no file is left at `outputPath` that was not there before.
   *
   * @throws AppError with one of the RENDER_ codes
   */
  render(request: RenderRequest): Promise<RenderedVideo>;
  /** Ends running renders with RENDER_CANCELLED and frees everything. Safe to call twice. */
  close(): Promise<void>;
}
