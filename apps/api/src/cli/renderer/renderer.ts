import type { Readable } from 'node:stream';

/** What a command asks for. */
export interface RenderCommandRequest {
  readonly frictionId: string;
  readonly durationMs: number;
  readonly force: boolean;
}

/** A video that is READY. */
export interface ReadyVideo {
  readonly hash: string;
  readonly url: string;
  readonly cacheHit: boolean;
}

/** The digests of a stored video and of a fresh render of the same inputs, 64 hexadecimal digits each. */
export interface Verification {
  readonly storedSha256: string;
  readonly renderedSha256: string;
}

/** Called with frames finished and frames in all. */
export type ProgressListener = (framesDone: number, framesTotal: number) => void;

/**
 * The two ways for a command to reach the pipeline: in its own process, or through a server that already holds the embedded
 * database.
 */
export interface Renderer {
  /** @throws AppError with the code of the render when it does not become READY; InterruptedError when the signal aborts */
  render(
    request: RenderCommandRequest,
    onProgress: ProgressListener,
    signal: AbortSignal,
  ): Promise<ReadyVideo>;
  /**
   * Renders again in this process.
   *
   * @throws AppError VIDEO_NOT_FOUND, or CONFLICT for a video that was never finished or that something else made;
   * InterruptedError when the signal aborts
   */
  verify(hash: string, onProgress: ProgressListener, signal: AbortSignal): Promise<Verification>;
  /** The bytes of a READY video. */
  read(video: ReadyVideo): Promise<Readable>;
  close(): Promise<void>;
}
