/** Largest file kept in memory, in bytes. */
const MAX_FILE_BYTES = 32e6;

/**
 * Fetches the file of a video with the credentials that the element would send.
 *
 * @throws when the server or CORS refuses, or the file is larger than 32 MB
 */
export async function loadFile(video: HTMLVideoElement, signal: AbortSignal): Promise<ArrayBuffer> {
  const credentials = video.crossOrigin === 'use-credentials' ? 'include' : 'same-origin';
  const response = await fetch(video.currentSrc, { signal, credentials });
  if (!response.ok || Number(response.headers.get('content-length')) > MAX_FILE_BYTES) {
    await response.body?.cancel();
    throw new Error('the file is unavailable or too large');
  }
  // Read as a Blob: `arrayBuffer()` would keep the chunks in memory beside the whole for a while.
  const file = await response.blob();
  // Not every response has a content-length.
  if (file.size > MAX_FILE_BYTES) throw new Error('the file is too large');
  return file.arrayBuffer();
}
