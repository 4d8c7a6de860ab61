import { randomUUID } from 'node:crypto';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { BucketClient } from './bucket-client.ts';
import { deleteObject, findObject } from './objects.ts';
import { noS3Error } from './s3-errors.ts';

const CONTENT = 'probe';

const WRITE_PROVEN_FOR_MS = 60_000;

/**
 * Checks whether a bucket can be used: writes, reads and deletes a small object. Writes cost most and readiness is checked every few seconds, so for a minute after a success
 * the probe only reads an object that does not exist: the error NoSuchKey proves that bucket, credentials and network are fine.
 */
export function createProbe(target: BucketClient) {
  const { client, bucket } = target;
  let provenUntilMs = 0;

  const write = async (Key: string, abortSignal: AbortSignal) => {
    await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: CONTENT }), { abortSignal });
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }), { abortSignal });
    // A web server may answer every request with the same page.
    if ((await Body?.transformToString()) !== CONTENT) throw noS3Error();
    await deleteObject(target, Key, abortSignal);
  };

  return {
    /** @throws the SDK's error, or AppError STORE_UNAVAILABLE when the endpoint does not speak S3 */
    async check(signal?: AbortSignal): Promise<void> {
      const key = `checks/${randomUUID()}`;
      if (performance.now() < provenUntilMs) {
        if (await findObject(target, key, signal)) throw noS3Error();
        return;
      }
      await write(key, target.answerDeadline(signal));
      provenUntilMs = performance.now() + WRITE_PROVEN_FOR_MS;
    },
    /** Makes the next check write, whatever the last one found. */
    forget(): void {
      provenUntilMs = 0;
    },
  };
}
