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
 * Where finished videos are kept. A key is what `objectKey` of `@defrag/core` returns. Every method rejects with AppError
 * STORE_UNAVAILABLE when the store is out of reach, full or not writable.
 */
export interface VideoStore {
  readonly kind: 'filesystem' | 's3';
  /**
   * Copies a file into the store. The object is there whole or not at all, and what arrived is compared with `object`.
   * Putting the same object again does no harm.
   */
  put(key: string, sourcePath: string, object: StoredObject): Promise<void>;
  /** What the store knows of an object; `undefined` when there is none. */
  head(key: string): Promise<{ readonly sizeBytes: number } | undefined>;
  /** Streams an object. Rejects when there is none. */
  read(key: string): Promise<Readable>;
  /** Removes an object; does nothing when there is none. */
  delete(key: string): Promise<void>;
  /** The URL under which a browser gets the object, whether it is there yet or not. */
  urlFor(key: string): Promise<string>;
  /** Tries whether the store can be written to. */
  check(): Promise<void>;
  close(): Promise<void>;
}
