import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { checksumError, type VideoStore, videoNotFoundError } from '../store.ts';
import { checkVideoKey, videoUrlBelow } from '../video-key.ts';
import { type BucketSettings, createBucketClient, type Patience } from './bucket-client.ts';
import { signDownloadUrl } from './download-urls.ts';
import { createIncomingObjects } from './incoming.ts';
import { deleteObject, ensureVideo, findObject, readObject, videoHeaders } from './objects.ts';
import { createProbe } from './probe.ts';
import { isNoSuchKey, s3Operation } from './s3-errors.ts';

export interface S3StoreOptions extends BucketSettings {
  /** URL of a public bucket, such as its custom domain. Undefined: the bucket is private and read through signed URLs. */
  readonly publicBaseUrl?: string | undefined;
  /** Base of the API's own URLs, which redirect to signed ones. */
  readonly apiBaseUrl: string;
  readonly patience?: Patience;
}

/** Keeps videos in a bucket of R2 or another S3-compatible service. Sends no request before the first operation. */
export function createS3Store(options: S3StoreOptions): VideoStore {
  const target = createBucketClient(options, options.patience);
  const { client, bucket: Bucket } = target;
  const { publicBaseUrl, apiBaseUrl } = options;
  const probe = createProbe(target);

  return {
    kind: 's3',
    browserOrigins:
      publicBaseUrl === undefined
        ? [new URL(apiBaseUrl).origin, new URL(options.endpoint).origin]
        : [new URL(publicBaseUrl).origin],
    incoming: createIncomingObjects(target),
    async put(key, file, signal) {
      checkVideoKey(key);
      signal?.throwIfAborted();
      // At most 10 MB.
      const bytes = await readFile(file.path);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      if (bytes.length !== file.sizeBytes || sha256 !== file.sha256) throw checksumError();
      const video = { key, sizeBytes: file.sizeBytes, sha256 };
      // The SDK retries, and signs the SHA-256 of a buffer, so the bucket rejects damaged bytes.
      const command = new PutObjectCommand({ Bucket, Key: key, Body: bytes, ...videoHeaders(video) });
      const upload = async () => {
        try {
          await client.send(command, signal && { abortSignal: signal });
        } catch (error) {
          probe.forget();
          throw error;
        }
      };
      await s3Operation(() => ensureVideo(target, video, upload, signal), signal);
    },
    async head(key) {
      checkVideoKey(key);
      const found = await s3Operation(() => findObject(target, key));
      return found && { sizeBytes: found.sizeBytes };
    },
    async read(key) {
      checkVideoKey(key);
      return s3Operation(async () => {
        try {
          return await readObject(target, key);
        } catch (cause) {
          throw isNoSuchKey(cause) ? videoNotFoundError(cause) : cause;
        }
      });
    },
    async delete(key) {
      checkVideoKey(key);
      await s3Operation(() => deleteObject(target, key));
    },
    urlFor: async (key) => videoUrlBelow(publicBaseUrl ?? apiBaseUrl, key),
    async downloadUrlFor(key, method) {
      if (publicBaseUrl !== undefined) return videoUrlBelow(publicBaseUrl, key);
      return signDownloadUrl(client, { bucket: Bucket, key: checkVideoKey(key), method, nowMs: Date.now() });
    },
    check: (signal) => s3Operation(() => probe.check(signal), signal),
    async close() {
      client.destroy();
    },
  };
}
