import { ScrubberError, type ScrubberErrorCode } from './scrubber-error.ts';

/**
 * Watches the source of a video element. When the server does not support Range requests, it fetches the whole file and plays
 * it from memory.
 *
 * @param signal ends the watch
 * @param onReady called when the video becomes seekable, and again when its duration changes
 * @param onReset called when the video is no longer seekable; with the error, if any
 * @returns restores the original `src` if it was replaced
 */
export function watchSource(
  video: HTMLVideoElement,
  signal: AbortSignal,
  onReady: () => void,
  onReset: (error?: ScrubberError) => void,
): () => void {
  /** The one request for the current source. */
  let request: AbortController | undefined;
  /** Blob URL of the file in memory, and the `src` that it replaces. */
  let wholeUrl: string | undefined;
  let ownSource: string | null;

  const fail = (code: ScrubberErrorCode, cause: unknown) => onReset(new ScrubberError(code, cause));
  /** Requests the file with the credentials that the element would send. */
  const ask = async (headers: HeadersInit, use: (file: Blob) => void) => {
    if (request) return;
    request = new AbortController();
    const { signal } = request;
    const credentials = video.crossOrigin === 'use-credentials' ? 'include' : 'same-origin';
    let response: Response | undefined;
    try {
      response = await fetch(video.currentSrc, { signal, credentials, headers });
      if (!response.ok) fail('unavailable', response);
      else use(await response.blob());
    } catch (cause) {
      if (!signal.aborted) fail(response ? 'interrupted' : 'unreachable', cause);
    }
  };
  const forget = () => {
    request?.abort();
    if (wholeUrl) URL.revokeObjectURL(wholeUrl);
    request = wholeUrl = undefined;
  };

  const onLength = () => {
    const { seekable, duration } = video;
    if (seekable.length && seekable.end(0)) onReady();
    // An endless stream has no duration to scrub along.
    else if (duration < Infinity) {
      void ask({}, (file) => {
        ownSource = video.getAttribute('src');
        wholeUrl = URL.createObjectURL(file);
        video.src = wholeUrl;
      });
    }
  };
  const onError = () => {
    const { error } = video;
    if (!error) return;
    if (error.code < 4) fail(error.code < 3 ? 'interrupted' : 'damaged', error);
    // The element reports missing and unplayable files with the same code.
    else void ask({ range: 'bytes=0-0' }, () => fail('unsupported', error));
  };
  const onEmptied = () => {
    if (video.src === wholeUrl) return;
    forget();
    onReset();
  };
  const listener = { signal };
  video.addEventListener('durationchange', onLength, listener);
  video.addEventListener('error', onError, listener);
  video.addEventListener('emptied', onEmptied, listener);
  // On a server-rendered page both may have happened already.
  if (video.readyState) onLength();
  onError();
  return () => {
    if (wholeUrl && ownSource && video.isConnected) video.src = ownSource;
    forget();
  };
}
