import type { Readable } from 'node:stream';

/** What is known of a file before it goes into a store. */
export interface StoredObject {
  readonly sizeBytes: number;
  /** SHA-256 of the content, 64 lowercase hexadecimal digits. */
  readonly contentSha256: string;
  /** MIME type, such as `video/mp4`. */
  readonly contentType: string;
}

/** A finished file. */
export interface FinishedFile {
  readonly path: string;
  /** SHA-256 of the content, 64 lowercase hexadecimal digits. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** What `put` takes after the key: a file that becomes the store's own, or a file to copy. */
export type PutArguments =
  | [file: FinishedFile, signal?: AbortSignal]
  | [sourcePath: string, object: StoredObject, signal?: AbortSignal];

/** Both forms of {@link PutArguments} as one. */
export function putArguments(args: PutArguments): [path: string, object: StoredObject, signal?: AbortSignal] {
  if (typeof args[0] === 'string') return args as [string, StoredObject, AbortSignal?];
  const [{ path, sha256: contentSha256, sizeBytes }, signal] = args as [FinishedFile, AbortSignal?];
  const object = { sizeBytes, contentSha256, contentType: 'video/mp4' };
  return signal === undefined ? [path, object] : [path, object, signal];
}

/** An object that something else than the store has put into the store's bucket, and that was read once. */
export interface IncomingObject {
  /** Its key, below `incoming/`. */
  readonly key: string;
  /** Tells this very object from another one under the same key. */
  readonly etag: string;
  readonly sizeBytes: number;
  /** SHA-256 of the content, 64 lowercase hexadecimal digits. */
  readonly contentSha256: string;
}

/**
 * What others put into the store's bucket below `incoming/`, and how it becomes a video. Every method rejects as those of
 * {@link VideoStore} do.
 */
export interface IncomingObjects {
  /** Reads an object once, to its end; `undefined` when there is none. @param signal ends the reading with its reason */
  inspect(key: string, signal?: AbortSignal): Promise<IncomingObject | undefined>;
  /**
   * Makes it the object of a video: a copy within the bucket, with the headers and the digest that `put` gives. The video's object is
   * there whole or not at all; the promise resolves when it can be read back. May be repeated.
   *
   * @param key the video's
   * @param signal ends the waiting with its reason
   * @throws AppError STORE_UNAVAILABLE also when another object stands under the incoming key by now
   */
  adopt(key: string, object: IncomingObject, contentType: string, signal?: AbortSignal): Promise<void>;
  /** Removes an object; does nothing when there is none. */
  remove(key: string): Promise<void>;
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
  /** What others put into its bucket; undefined for a store that only takes files. */
  readonly incoming?: IncomingObjects | undefined;
  /**
   * Copies a file into the store. The object is there whole or not at all; the promise resolves when it can be read back with the
   * size and the digest of `object`. Putting the same object again does no harm, and heals a damaged one.
   *
   * @param signal ends the copying: rejects with its reason then; the object is not there, unless it was whole already
   * @throws AppError STORE_UNAVAILABLE also when the file is not what `object` says
   */
  put(key: string, ...args: PutArguments): Promise<void>;
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
