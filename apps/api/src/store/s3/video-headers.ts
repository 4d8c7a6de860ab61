import type { StoredObject } from '../store.ts';

/** An object's address never gets other content, so nobody needs to ask twice. */
const CACHE_CONTROL = 'public, max-age=31536000, immutable';

/** The metadata in which an object carries the SHA-256 of its content. */
export const DIGEST = 'content-sha256';

/** The headers that a video is given out with, and its metadata, as the SDK takes them. */
export function videoHeaders({
  contentType,
  contentSha256,
}: Pick<StoredObject, 'contentType' | 'contentSha256'>) {
  return { ContentType: contentType, CacheControl: CACHE_CONTROL, Metadata: { [DIGEST]: contentSha256 } };
}
