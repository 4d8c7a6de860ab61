const VIDEO_KEY = /^videos\/[A-Za-z0-9][A-Za-z0-9._-]*\/[0-9a-f]{64}\.mp4$/;
const INCOMING_KEY = /^incoming\/[A-Za-z0-9][A-Za-z0-9._-]*\/[0-9a-f]{64}\/[0-9a-f-]{36}\.mp4$/;

/** Returns the key. No key that passes can point outside a store's folder or bucket prefix. @throws TypeError for any other */
export function checkVideoKey(key: string): string {
  if (!VIDEO_KEY.test(key)) throw new TypeError('Invalid video key');
  return key;
}

/** @param baseUrl with or without a slash at the end. @throws TypeError unless the key is a video's */
export function videoUrlBelow(baseUrl: string, key: string): string {
  return `${baseUrl.replace(/\/+$/, '')}/${checkVideoKey(key)}`;
}

/**
 * Key for a file that another system writes into the bucket. No URL of it is published.
 *
 * @param key of the video, as `objectKey` makes it
 * @param id a new UUID
 */
export function incomingKey(key: string, id: string): string {
  const folder = checkVideoKey(key)
    .replace(/^videos/, 'incoming')
    .replace(/\.mp4$/, '');
  return checkIncomingKey(`${folder}/${id}.mp4`);
}

/** Returns the key. @throws TypeError unless {@link incomingKey} made it */
export function checkIncomingKey(key: string): string {
  if (!INCOMING_KEY.test(key)) throw new TypeError('Invalid key of an incoming file');
  return key;
}
