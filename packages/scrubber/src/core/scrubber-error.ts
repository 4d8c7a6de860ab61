/**
 * Why a video cannot be scrubbed.
 *
 * - `unavailable`: the server answered with an error, such as 404
 * - `unreachable`: there is no server, or it does not let this page read its answer (CORS)
 * - `interrupted`: the connection was lost while the video was loading
 * - `damaged`: the video cannot be decoded
 * - `unsupported`: there is a file, but no video that this browser can play
 */
export type ScrubberErrorCode = 'unavailable' | 'unreachable' | 'interrupted' | 'damaged' | 'unsupported';

/** A video cannot be scrubbed. The message is an English sentence for the person in front of it. */
export class ScrubberError extends Error {
  override name = 'ScrubberError';
  declare readonly code: ScrubberErrorCode;

  /** @param cause what the browser said: a `MediaError`, a `Response`, or what `fetch` threw */
  constructor(code: ScrubberErrorCode, cause: unknown) {
    super(`The video is ${code}.`, { cause });
    this.code = code;
  }
}
