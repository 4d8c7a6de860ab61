/** The only shape of key there is (see `objectKey`); no key can lead out of a store's folder or bucket prefix. */
const VIDEO_KEY = /^videos\/[A-Za-z0-9][A-Za-z0-9._-]*\/[0-9a-f]{64}\.mp4$/;

/** The key itself. @throws TypeError unless it is the key of a video */
export function checkVideoKey(key: string): string {
  if (!VIDEO_KEY.test(key)) throw new TypeError('Not the key of a video');
  return key;
}

/** The URL of a key below a base, which may end with a slash or not. @throws TypeError unless it is the key of a video */
export function videoUrlBelow(baseUrl: string, key: string): string {
  return `${baseUrl.replace(/\/+$/, '')}/${checkVideoKey(key)}`;
}

/** Where others put what is to become a video. Nobody is given its address. */
const INCOMING_KEY = /^incoming\/[A-Za-z0-9][A-Za-z0-9._-]*\/[0-9a-f]{64}\/[0-9a-f-]{36}\.mp4$/;

/**
 * Key for a file that something else than the store puts into its bucket.
 *
 * @param key of the video, as `objectKey` gives it
 * @param id a UUID that no other file has
 */
export function incomingKey(key: string, id: string): string {
  return checkIncomingKey(
    `${checkVideoKey(key)
      .replace(/^videos/, 'incoming')
      .replace(/\.mp4$/, '')}/${id}.mp4`,
  );
}

/** The key itself. @throws TypeError unless it is one that {@link incomingKey} gives */
export function checkIncomingKey(key: string): string {
  if (!INCOMING_KEY.test(key)) throw new TypeError('Not the key of an incoming file');
  return key;
}
