import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../errors.ts';
import { orUnavailableBy } from '../or-unavailable.ts';
import { putArguments, type StoredObject, type VideoStore } from '../store.ts';
import { checkVideoKey, videoUrlBelow } from '../video-key.ts';
import { type BucketSettings, createBucketClient, type Patience } from './bucket-client.ts';
import { deleteObject } from './delete-object.ts';
import { signDownloadUrl } from './download-urls.ts';
import { readParts } from './file-parts.ts';
import { createIncomingObjects } from './incoming.ts';
import { createProbe } from './probe.ts';
import { isNoSuchKey, isRefusal, toStoreError } from './s3-errors.ts';
import { PART_BYTES, SINGLE_UPLOAD_BYTES, uploadFile } from './upload.ts';
import { verifiedStream } from './verified-stream.ts';
import { DIGEST, videoHeaders } from './video-headers.ts';

/** What an S3 store is made of. */
export interface S3StoreOptions extends BucketSettings {
  /** Where anybody may read the bucket, such as its custom domain. Undefined: it is private, and read by signed URLs. */
  readonly publicBaseUrl?: string | undefined;
  /** What the API's own URLs begin with: where it leads from final URLs to signed ones. */
  readonly apiBaseUrl: string;
  readonly patience?: Patience;
}

/**
 * Keeps videos in a bucket of R2, or of anything else that speaks S3: an object lies under its key. Any number of processes may use
 * the same bucket. Nothing is asked of it before the first use.
 */
export function createS3Store(options: S3StoreOptions): VideoStore {
  const target = createBucketClient(options, options.patience);
  const { client, bucket: Bucket, answerDeadline } = target;
  const { publicBaseUrl, apiBaseUrl } = options;
  const probe = createProbe(target);

  /** Asks for a byte, only to hear why not: the answer to HEAD has no body that could tell. */
  const askWhyNot = async (key: string, signal?: AbortSignal) => {
    const command = new GetObjectCommand({ Bucket, Key: key, Range: 'bytes=0-0' });
    const { Body } = await client.send(command, { abortSignal: answerDeadline(signal) });
    await Body?.transformToByteArray();
  };

  const headObject = async (key: string, signal?: AbortSignal) => {
    try {
      return await client.send(new HeadObjectCommand({ Bucket, Key: key }), {
        abortSignal: answerDeadline(signal),
      });
    } catch (error) {
      if (isNoSuchKey(error)) return undefined;
      if (isRefusal(error)) await askWhyNot(key, signal);
      throw error;
    }
  };

  const holds = async (key: string, object: StoredObject, signal?: AbortSignal) => {
    const found = await headObject(key, signal);
    return found?.ContentLength === object.sizeBytes && found.Metadata?.[DIGEST] === object.contentSha256;
  };

  return {
    kind: 's3',
    browserOrigins:
      publicBaseUrl === undefined
        ? [new URL(apiBaseUrl).origin, new URL(options.endpoint).origin]
        : [new URL(publicBaseUrl).origin],
    incoming: createIncomingObjects(target, holds),
    async put(key, ...args) {
      const [path, object, signal] = putArguments(args);
      checkVideoKey(key);
      signal?.throwIfAborted();
      const { size } = await stat(path);
      const file = await readParts(
        path,
        size > SINGLE_UPLOAD_BYTES ? PART_BYTES : SINGLE_UPLOAD_BYTES,
        signal,
      );
      if (file.sizeBytes !== object.sizeBytes || file.sha256 !== object.contentSha256) {
        throw new AppError('STORE_UNAVAILABLE', 'The file to store is not the one that was rendered');
      }
      const headers = videoHeaders(object);
      await orUnavailable(async () => {
        if (await holds(key, object, signal)) return;
        try {
          await uploadFile(target, { key, path, file, headers }, signal);
        } catch (error) {
          probe.forget();
          throw error;
        }
        if (await holds(key, object, signal)) return;
        throw new AppError('STORE_UNAVAILABLE', 'The store does not hold what was sent');
      }, signal);
    },
    async head(key) {
      checkVideoKey(key);
      return orUnavailable(async () => {
        const found = await headObject(key);
        if (found !== undefined) return { sizeBytes: found.ContentLength ?? 0 };
        // To HEAD, a bucket that is gone looks like an object that is gone.
        await askWhyNot(key).catch((error: unknown) => {
          if (!isNoSuchKey(error)) throw error;
        });
        return undefined;
      });
    },
    async read(key) {
      checkVideoKey(key);
      return orUnavailable(async () => {
        try {
          const { Body, ContentLength, Metadata } = await client.send(
            new GetObjectCommand({ Bucket, Key: key }),
          );
          const expected = { sizeBytes: ContentLength, contentSha256: Metadata?.[DIGEST] };
          return verifiedStream(Body as Readable, expected);
        } catch (cause) {
          if (!isNoSuchKey(cause)) throw cause;
          throw new AppError('VIDEO_NOT_FOUND', 'There is no such video in the store', { cause });
        }
      });
    },
    async delete(key) {
      checkVideoKey(key);
      await orUnavailable(() => deleteObject(target, key));
    },
    urlFor: async (key) => videoUrlBelow(publicBaseUrl ?? apiBaseUrl, key),
    async downloadUrlFor(key, method) {
      if (publicBaseUrl !== undefined) return videoUrlBelow(publicBaseUrl, key);
      return signDownloadUrl(client, { bucket: Bucket, key: checkVideoKey(key), method, nowMs: Date.now() });
    },
    check: (signal) => orUnavailable(() => probe.check(signal), signal),
    async close() {
      client.destroy();
    },
  };
}

const orUnavailable = orUnavailableBy(toStoreError);
