import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { CopyObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../errors.ts';
import { orUnavailableBy } from '../or-unavailable.ts';
import type { IncomingObject, IncomingObjects, StoredObject } from '../store.ts';
import { checkIncomingKey, checkVideoKey } from '../video-key.ts';
import type { BucketClient } from './bucket-client.ts';
import { deleteObject } from './delete-object.ts';
import { retried } from './retried.ts';
import { isNoSuchKey, toStoreError } from './s3-errors.ts';
import { videoHeaders } from './video-headers.ts';

/**
 * What others put into the bucket. The bytes pass through here once, for their digest; the copy to the video's key is the bucket's own.
 *
 * @param holds whether the object of a video can be read back with size and digest
 */
export function createIncomingObjects(
  target: BucketClient,
  holds: (key: string, object: StoredObject, signal?: AbortSignal) => Promise<boolean>,
): IncomingObjects {
  const { client, bucket: Bucket } = target;

  const read = async (key: string, signal?: AbortSignal): Promise<IncomingObject> => {
    const options = signal === undefined ? {} : { abortSignal: signal };
    const { Body, ETag = '' } = await client.send(new GetObjectCommand({ Bucket, Key: key }), options);
    const hash = createHash('sha256');
    let sizeBytes = 0;
    for await (const chunk of Body as Readable as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      hash.update(chunk);
      sizeBytes += chunk.length;
    }
    return { key, etag: ETag, sizeBytes, contentSha256: hash.digest('hex') };
  };

  return {
    async inspect(key, signal) {
      checkIncomingKey(key);
      return orUnavailable(async () => {
        try {
          return await retried(() => read(key, signal), signal);
        } catch (error) {
          if (isNoSuchKey(error)) return undefined;
          throw error;
        }
      }, signal);
    },
    async adopt(key, incoming, contentType, signal) {
      checkVideoKey(key);
      const { sizeBytes, contentSha256 } = incoming;
      const object = { sizeBytes, contentSha256, contentType };
      await orUnavailable(async () => {
        if (await holds(key, object, signal)) return;
        const copy = new CopyObjectCommand({
          Bucket,
          Key: key,
          CopySource: `${Bucket}/${checkIncomingKey(incoming.key)}`,
          CopySourceIfMatch: incoming.etag,
          MetadataDirective: 'REPLACE',
          ...videoHeaders(object),
        });
        await client.send(copy, { abortSignal: target.answerDeadline(signal) });
        if (await holds(key, object, signal)) return;
        throw new AppError('STORE_UNAVAILABLE', 'The store does not hold what was sent');
      }, signal);
    },
    async remove(key) {
      checkIncomingKey(key);
      await orUnavailable(() => deleteObject(target, key));
    },
  };
}

const orUnavailable = orUnavailableBy(toStoreError);
