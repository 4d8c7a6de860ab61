/** Largest file that is kept in memory, in bytes. */
const MAX_FILE_BYTES = 32e6;

/**
 * Fetches the file that a video plays, with the credentials that the element would send.
 *
 * @throws Error when the server refuses, does not let this page read its answer, or the file is larger than 32 MB
 */
export async function loadFile(video: HTMLVideoElement, signal: AbortSignal): Promise<ArrayBuffer> {
  const credentials = video.crossOrigin === 'use-credentials' ? 'include' : 'same-origin';
  const response = await fetch(video.currentSrc, { signal, credentials });
  if (!response.ok || Number(response.headers.get('content-length')) > MAX_FILE_BYTES) {
    await response.body?.cancel();
    throw new Error('the file is not there, or too large');
  }
  // By way of a Blob: otherwise the pieces of the answer stay in memory beside the whole for a while.
  const file = await response.blob();
  // Not every answer says its length beforehand.
  if (file.size > MAX_FILE_BYTES) throw new Error('the file is too large');
  return file.arrayBuffer();
}
