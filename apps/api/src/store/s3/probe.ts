import { randomUUID } from 'node:crypto';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { BucketClient } from './bucket-client.ts';
import { isNoSuchKey, noS3Error } from './s3-errors.ts';

/** Tries whether a bucket can be used. */
export interface Probe {
  /** @throws the error of the SDK or of the signal, AppError STORE_UNAVAILABLE for an endpoint that is no bucket's */
  check(signal?: AbortSignal): Promise<void>;
  /** Lets the next check write, whatever the last one showed. */
  forget(): void;
}

const CONTENT = 'probe';

/** Milliseconds for which a write that succeeded stands for the next ones. */
const WRITE_PROVEN_FOR_MS = 60_000;

/**
 * Makes the probe of a bucket: it writes a small object beside the videos, reads and deletes it. Writing is what a bucket charges
 * most for, and readiness is asked for every few seconds, so within a minute of a success it only asks for an object that is not there:
 * that it is the object and nothing else that is missing tells that bucket, credentials and network are as they should be.
 */
export function createProbe({ client, bucket, answerDeadline }: BucketClient): Probe {
  const newObject = () => ({ Bucket: bucket, Key: `checks/${randomUUID()}` });
  let provenUntilMs = 0;

  const write = async (abortSignal: AbortSignal) => {
    const object = newObject();
    await client.send(new PutObjectCommand({ ...object, Body: CONTENT }), { abortSignal });
    const { Body } = await client.send(new GetObjectCommand(object), { abortSignal });
    // Some servers answer every request with a page.
    if ((await Body?.transformToString()) !== CONTENT) throw noS3Error();
    await client.send(new DeleteObjectCommand(object), { abortSignal });
  };

  const ask = async (abortSignal: AbortSignal) => {
    try {
      const { Body } = await client.send(new GetObjectCommand(newObject()), { abortSignal });
      await Body?.transformToByteArray();
    } catch (error) {
      if (isNoSuchKey(error)) return;
      throw error;
    }
    throw noS3Error();
  };

  return {
    async check(signal) {
      const deadline = answerDeadline(signal);
      if (performance.now() < provenUntilMs) {
        await ask(deadline);
        return;
      }
      await write(deadline);
      provenUntilMs = performance.now() + WRITE_PROVEN_FOR_MS;
    },
    forget() {
      provenUntilMs = 0;
    },
  };
}
