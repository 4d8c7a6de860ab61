import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import type { BucketClient } from './bucket-client.ts';

/** Removes an object, which may be gone already. @throws the error of the SDK */
export async function deleteObject(target: BucketClient, key: string): Promise<void> {
  const command = new DeleteObjectCommand({ Bucket: target.bucket, Key: key });
  await target.client.send(command, { abortSignal: target.answerDeadline() });
}
