import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { CopyObjectCommand, GetObjectCommand } from '@aws-sdk/client-s3';
import type { IncomingObject, IncomingObjects } from '../store.ts';
import { checkIncomingKey, checkVideoKey } from '../video-key.ts';
import type { BucketClient } from './bucket-client.ts';
import { deleteObject, ensureVideo, videoHeaders } from './objects.ts';
import { isNoSuchKey, s3Operation } from './s3-errors.ts';

/** How often an object is read when the connection breaks in the middle; the SDK retries only until the headers arrive. */
const READ_TRIES = 3;

/** The bytes are read once for their digest; the copy to the video's key happens inside the bucket. */
export function createIncomingObjects(target: BucketClient): IncomingObjects {
  const { client, bucket: Bucket } = target;

  const read = async (key: string, signal?: AbortSignal, tries = READ_TRIES): Promise<IncomingObject> => {
    const command = new GetObjectCommand({ Bucket, Key: key });
    const { Body, ETag = '' } = await client.send(command, signal && { abortSignal: signal });
    const hash = createHash('sha256');
    let sizeBytes = 0;
    try {
      for await (const chunk of Body as Readable as AsyncIterable<Buffer>) {
        signal?.throwIfAborted();
        hash.update(chunk);
        sizeBytes += chunk.length;
      }
    } catch (error) {
      signal?.throwIfAborted();
      if (tries === 1) throw error;
      return read(key, signal, tries - 1);
    }
    return { key, etag: ETag, sizeBytes, contentSha256: hash.digest('hex') };
  };

  return {
    async inspect(key, signal) {
      checkIncomingKey(key);
      return s3Operation(async () => {
        try {
          return await read(key, signal);
        } catch (error) {
          if (isNoSuchKey(error)) return undefined;
          throw error;
        }
      }, signal);
    },
    async adopt(key, incoming, signal) {
      checkVideoKey(key);
      const { sizeBytes, contentSha256: sha256 } = incoming;
      const video = { key, sizeBytes, sha256 };
      const command = new CopyObjectCommand({
        Bucket,
        Key: key,
        CopySource: `${Bucket}/${checkIncomingKey(incoming.key)}`,
        CopySourceIfMatch: incoming.etag,
        MetadataDirective: 'REPLACE',
        ...videoHeaders(video),
      });
      const copy = () => client.send(command, { abortSignal: target.answerDeadline(signal) });
      await s3Operation(() => ensureVideo(target, video, copy, signal), signal);
    },
    async remove(key) {
      checkIncomingKey(key);
      await s3Operation(() => deleteObject(target, key));
    },
  };
}
