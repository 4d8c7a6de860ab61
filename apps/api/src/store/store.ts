import type { Readable } from 'node:stream';

/** What is known of a file before it goes into a store. */
export interface StoredObject {
  readonly sizeBytes: number;
  /** SHA-256 of the content, 64 lowercase hexadecimal digits. */
  readonly contentSha256: string;
  /** MIME type, such as `video/mp4`. */
  readonly contentType: string;
}

/**
 * Where finished videos are kept. A key is what `objectKey` of `@defrag/core` returns; any other one is a TypeError. Every method
 * that goes to the store rejects with AppError STORE_UNAVAILABLE, and one sentence that says what is wrong, when it is out of
 * reach, full, not writable or refuses who asks. One instance is safe for concurrent use, and so is one store by many processes.
 */
export interface VideoStore {
  readonly kind: 'filesystem' | 's3';
  /** Origins that a browser which fetches a video comes to, redirects included; for content security policies. */
  readonly browserOrigins: readonly string[];
  /**
   * Copies a file into the store. The object is there whole or not at all; the promise resolves when it can be read back with the
   * size and the digest of `object`. Putting the same object again does no harm, and heals a damaged one.
   *
   * @param signal ends the copying: rejects with its reason then; the object is not there, unless it was whole already
   * @throws AppError STORE_UNAVAILABLE also when the file is not what `object` says
   */
  put(key: string, sourcePath: string, object: StoredObject, signal?: AbortSignal): Promise<void>;
  /** What the store knows of an object; `undefined` when there is none. */
  head(key: string): Promise<{ readonly sizeBytes: number } | undefined>;
  /**
   * Streams an object. The stream ends with an error when the content is not what was put, where the store can tell.
   *
   * @throws AppError VIDEO_NOT_FOUND when there is none
   */
  read(key: string): Promise<Readable>;
  /** Removes an object; does nothing when there is none. */
  delete(key: string): Promise<void>;
  /**
   * The URL under which a browser gets the object, whether it is there yet or not. It is final: it never expires, so it may be
   * written down and handed on.
   */
  urlFor(key: string): Promise<string>;
  /**
   * Where the bytes come from at the moment: what `urlFor` leads to. It may expire, though not within 12 hours, so it is made anew
   * for each use and written down nowhere.
   *
   * @param method what the URL is going to be used with
   */
  downloadUrlFor(key: string, method: 'GET' | 'HEAD'): Promise<string>;
  /** Tries whether the store can be read and written. Leaves nothing behind. @param signal ends the wait */
  check(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}
