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
