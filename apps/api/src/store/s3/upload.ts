import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { BucketClient } from './bucket-client.ts';
import { type FilePart, type ReadFile, withPartStream } from './file-parts.ts';
import { retried } from './retried.ts';
import { isNoSuchUpload } from './s3-errors.ts';
import { signContent } from './sign-content.ts';

/** The largest file that is sent in one request: 16 MiB. */
export const SINGLE_UPLOAD_BYTES = 16 * 1_024 * 1_024;

/** Length of the parts of a larger one: 8 MiB. R2 wants all but the last to be of one length, of 5 MiB at least. */
export const PART_BYTES = 8 * 1_024 * 1_024;

/** What is sent. */
export interface UploadSource {
  readonly key: string;
  readonly path: string;
  readonly file: ReadFile;
  /** Headers that the object is given out with, and its metadata. */
  readonly headers: {
    readonly ContentType: string;
    readonly CacheControl: string;
    readonly Metadata: Readonly<Record<string, string>>;
  };
}

/**
 * Sends a file as an object, which appears whole or not at all. It is streamed from the disk; every request carries the digest of
 * its bytes in its signature, so the store takes no others. A file of several parts becomes a multipart upload, of which nothing is
 * left when it fails.
 *
 * @throws the error of the SDK, or the reason of the signal
 */
export async function uploadFile(
  target: BucketClient,
  source: UploadSource,
  signal?: AbortSignal,
): Promise<void> {
  const { client, bucket: Bucket } = target;
  const [first, ...others] = source.file.parts;
  if (first === undefined || others.length > 0) return uploadParts(target, source, signal);
  await sendPart(source.path, first, signal, (Body, abortSignal) => {
    const command = new PutObjectCommand({
      Bucket,
      Key: source.key,
      Body,
      ContentLength: first.sizeBytes,
      ...source.headers,
    });
    signContent(command.middlewareStack, first.sha256);
    return client.send(command, { abortSignal });
  });
}

async function uploadParts(target: BucketClient, source: UploadSource, signal?: AbortSignal): Promise<void> {
  const { client, bucket: Bucket } = target;
  const object = { Bucket, Key: source.key };
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...object, ...source.headers }), {
    abortSignal: target.answerDeadline(signal),
  });
  const upload = { ...object, UploadId };
  try {
    const Parts: CompletedPart[] = [];
    for (const part of source.file.parts) {
      const { ETag } = await sendPart(source.path, part, signal, (Body, abortSignal) => {
        const command = new UploadPartCommand({
          ...upload,
          Body,
          PartNumber: part.number,
          ContentLength: part.sizeBytes,
        });
        signContent(command.middlewareStack, part.sha256);
        return client.send(command, { abortSignal });
      });
      Parts.push({ PartNumber: part.number, ETag });
    }
    // No small question: a bucket may take its time to put the parts together.
    const complete = new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } });
    await client.send(complete, signal === undefined ? {} : { abortSignal: signal });
  } catch (error) {
    // When the answer to the first try was lost, the second finds the upload complete; whoever called looks at the object.
    if (isNoSuchUpload(error)) return;
    await abandon(target, upload);
    throw error;
  }
}

/** Removes the parts. Should that fail too, the bucket's rule for unfinished uploads does it. */
async function abandon(
  target: BucketClient,
  upload: { Bucket: string; Key: string; UploadId: string | undefined },
): Promise<void> {
  try {
    await target.client.send(new AbortMultipartUploadCommand(upload), {
      // Not the caller's signal: it may be why the upload is abandoned.
      abortSignal: target.answerDeadline(),
    });
  } catch {
    // The error that the caller is about to see is the one that matters.
  }
}

/** The SDK does not try a stream twice, so each try gets a fresh one. */
function sendPart<Result>(
  path: string,
  part: FilePart,
  signal: AbortSignal | undefined,
  send: (body: Readable, signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return retried(
    () =>
      withPartStream(path, part, (stream, failed) =>
        send(stream, signal === undefined ? failed : AbortSignal.any([signal, failed])),
      ),
    signal,
  );
}
