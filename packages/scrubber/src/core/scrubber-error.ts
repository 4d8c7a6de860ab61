/**
 * Why a video cannot be scrubbed.
 *
 * - `unavailable`: the server returned an error status, such as 404
 * - `unreachable`: no server answered, or CORS does not allow reading the response
 * - `interrupted`: the connection was lost during loading
 * - `damaged`: the video cannot be decoded
 * - `unsupported`: the file is not a video that this browser can play
 */
export type ScrubberErrorCode = 'unavailable' | 'unreachable' | 'interrupted' | 'damaged' | 'unsupported';

/** A video cannot be scrubbed. The message is an English sentence for the user. */
export class ScrubberError extends Error {
  override name = 'ScrubberError';
  declare readonly code: ScrubberErrorCode;

  /** @param cause a `MediaError`, a `Response`, or the error thrown by `fetch` */
  constructor(code: ScrubberErrorCode, cause: unknown) {
    super(`The video is ${code}.`, { cause });
    this.code = code;
  }
}
