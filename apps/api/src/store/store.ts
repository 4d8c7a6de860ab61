import type { Readable } from 'node:stream';
import { AppError } from '../errors.ts';

export interface FileToStore {
  readonly path: string;
  /** SHA-256 of the content, 64 lowercase hexadecimal digits. */
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** An object that another system has written into the store's bucket, as it was when it was read. */
export interface IncomingObject {
  /** Its key, below `incoming/`. */
  readonly key: string;
  /** Changes when another object is written under the same key. */
  readonly etag: string;
  readonly sizeBytes: number;
  /** SHA-256 of the content, 64 lowercase hexadecimal digits. */
  readonly contentSha256: string;
}

/** Turns objects that another system has written below `incoming/` into videos. Rejects as {@link VideoStore} does. */
export interface IncomingObjects {
  /** Reads the whole object; undefined when it does not exist. @param signal rejects with its reason */
  inspect(key: string, signal?: AbortSignal): Promise<IncomingObject | undefined>;
  /**
   * Copies the object to a video's key, within the bucket, with the headers and the digest that `put` writes. Safe to repeat.
   *
   * @param key the video's
   * @param signal rejects with its reason
   * @throws AppError STORE_UNAVAILABLE also when the incoming object has changed since it was read
   */
  adopt(key: string, object: IncomingObject, signal?: AbortSignal): Promise<void>;
  /** Does nothing when the object does not exist. */
  remove(key: string): Promise<void>;
}

/**
 * Where finished videos are kept. Keys are those of `objectKey` in `@defrag/core`; any other is a TypeError. Operations that need
 * the store reject with AppError STORE_UNAVAILABLE, whose message says in one sentence what is wrong and what to check. Any number
 * of processes may use the same store at the same time.
 */
export interface VideoStore {
  readonly kind: 'filesystem' | 's3';
  /** Origins from which a browser loads videos, redirects included; for content security policies. */
  readonly browserOrigins: readonly string[];
  /** Undefined where other systems cannot write into the store. */
  readonly incoming?: IncomingObjects | undefined;
  /**
   * Stores a file. The object appears whole or not at all, and can be read when the promise resolves. Putting the same file again is
   * safe and repairs a damaged object.
   *
   * @param file belongs to the store from now on: it may have been moved away
   * @param signal rejects with its reason; the object is then missing, unless it was already complete
   * @throws AppError STORE_UNAVAILABLE also when bytes were lost on the way
   */
  put(key: string, file: FileToStore, signal?: AbortSignal): Promise<void>;
  /** Undefined when the object does not exist. */
  head(key: string): Promise<{ readonly sizeBytes: number } | undefined>;
  /**
   * Streams an object. Where the store knows the digest, the stream fails if the content does not match it.
   *
   * @throws AppError VIDEO_NOT_FOUND
   */
  read(key: string): Promise<Readable>;
  /** Does nothing when the object does not exist. */
  delete(key: string): Promise<void>;
  /** The permanent URL of an object, whether it exists yet or not. */
  urlFor(key: string): Promise<string>;
  /**
   * Where the bytes can be loaded right now. The URL is valid for at least 12 hours; do not save it.
   *
   * @param method the only one that a signed URL is valid for
   */
  downloadUrlFor(key: string, method: 'GET' | 'HEAD'): Promise<string>;
  /** Writes, reads and deletes a probe. @param signal rejects with its reason */
  check(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/**
 * Makes the function in which a store runs its operations: it rejects with an AppError, or with the signal's reason.
 *
 * @param toStoreError maps an error of the file system or the network to STORE_UNAVAILABLE
 */
export function storeOperation(toStoreError: (cause: unknown) => AppError) {
  return async <Result>(run: () => Promise<Result>, signal?: AbortSignal): Promise<Result> => {
    try {
      return await run();
    } catch (cause) {
      if (cause instanceof AppError) throw cause;
      signal?.throwIfAborted();
      throw toStoreError(cause);
    }
  };
}

export function checksumError(): AppError {
  return new AppError('STORE_UNAVAILABLE', 'The stored file failed checksum verification: render it again');
}

export function videoNotFoundError(cause: unknown): AppError {
  return new AppError('VIDEO_NOT_FOUND', 'The video is not in the store', { cause });
}
