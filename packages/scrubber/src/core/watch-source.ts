import { ScrubberError, type ScrubberErrorCode } from './scrubber-error.ts';

/**
 * Watches what a video element plays: tells when it can be sought, when it has lost its source, and why it has failed.
 *
 * A file whose server cannot send parts of it is fetched whole and played from memory.
 *
 * @param signal ends the watch
 * @param onReady called when the length is known and the video can be sought, and whenever the length changes
 * @param onReset called when nothing can be sought any more; with the reason when that is an error
 * @returns gives the element its own source back, if it was replaced
 */
export function watchSource(
  video: HTMLVideoElement,
  signal: AbortSignal,
  onReady: () => void,
  onReset: (error?: ScrubberError) => void,
): () => void {
  /** The request that was made for the present source, at most one. */
  let request: AbortController | undefined;
  /** Address of the file in memory, and the attribute that it stands in for. */
  let wholeUrl: string | undefined;
  let ownSource: string | null;

  const fail = (code: ScrubberErrorCode, cause: unknown) => onReset(new ScrubberError(code, cause));
  /** Asks for the file, or for a part of it, with the credentials that the element would send. */
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
    // An endless stream has neither a whole nor a length to scrub along.
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
    // The element does not tell a file that is not there from one that it cannot play.
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
  // Both may have happened before anybody watched: on a page that came from a server.
  if (video.readyState) onLength();
  onError();
  return () => {
    if (wholeUrl && ownSource && video.isConnected) video.src = ownSource;
    forget();
  };
}
