import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { DeleteObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import { checksumError } from '../store.ts';
import type { BucketClient } from './bucket-client.ts';
import { isNoSuchKey, toStoreError } from './s3-errors.ts';

/** A URL never gets other content, so caches need not revalidate. */
const CACHE_CONTROL = 'public, max-age=31536000, immutable';

/** Metadata entry with the SHA-256 of an object's content. */
const DIGEST = 'content-sha256';

export interface VideoContent {
  readonly sizeBytes: number;
  readonly sha256: string;
}

export function videoHeaders({ sha256 }: VideoContent) {
  return { ContentType: 'video/mp4', CacheControl: CACHE_CONTROL, Metadata: { [DIGEST]: sha256 } };
}

/**
 * Size and digest of an object; undefined when it does not exist. Reads a byte, because the response to a failed HEAD has no body
 * that names the reason.
 *
 * @throws the SDK's error
 */
export async function findObject(target: BucketClient, key: string, signal?: AbortSignal) {
  const command = new GetObjectCommand({ Bucket: target.bucket, Key: key, Range: 'bytes=0-0' });
  try {
    const { Body, ContentRange, Metadata } = await target.client.send(command, {
      abortSignal: target.answerDeadline(signal),
    });
    await Body?.transformToByteArray();
    return { sizeBytes: Number(ContentRange?.split('/')[1]), sha256: Metadata?.[DIGEST] };
  } catch (error) {
    if (isNoSuchKey(error)) return undefined;
    // An empty object has no first byte.
    if ((error as Error).name === 'InvalidRange') return { sizeBytes: 0, sha256: undefined };
    throw error;
  }
}

/**
 * Makes sure that the object is the video: writes it unless it is already, and reads its size and digest back.
 *
 * @throws AppError STORE_UNAVAILABLE when the object is another one afterwards, or the SDK's error
 */
export async function ensureVideo(
  target: BucketClient,
  { key, sizeBytes, sha256 }: VideoContent & { key: string },
  write: () => Promise<unknown>,
  signal?: AbortSignal,
): Promise<void> {
  const isThere = async () => {
    const found = await findObject(target, key, signal);
    return found?.sizeBytes === sizeBytes && found.sha256 === sha256;
  };
  if (await isThere()) return;
  await write();
  if (!(await isThere())) throw checksumError();
}

/** Streams an object; the stream fails when size or digest do not match. @throws the SDK's error */
export async function readObject({ client, bucket }: BucketClient, key: string): Promise<Readable> {
  const command = new GetObjectCommand({ Bucket: bucket, Key: key });
  const { Body, ContentLength, Metadata } = await client.send(command);
  const expected = { sizeBytes: ContentLength, sha256: Metadata?.[DIGEST] };
  return Readable.from(verified(Body as Readable, expected), { objectMode: false });
}

async function* verified(
  body: Readable,
  expected: { sizeBytes: number | undefined; sha256: string | undefined },
): AsyncGenerator<Buffer, void, undefined> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      yield chunk;
    }
  } catch (cause) {
    throw toStoreError(cause);
  }
  const sha256 = hash.digest('hex');
  // An object that another system wrote has no digest.
  if (sizeBytes !== (expected.sizeBytes ?? sizeBytes) || sha256 !== (expected.sha256 ?? sha256)) {
    throw checksumError();
  }
}

/** Does nothing when the object does not exist. @throws the SDK's error */
export async function deleteObject(target: BucketClient, key: string, signal?: AbortSignal): Promise<void> {
  const command = new DeleteObjectCommand({ Bucket: target.bucket, Key: key });
  await target.client.send(command, { abortSignal: target.answerDeadline(signal) });
}
