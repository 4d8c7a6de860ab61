import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

/** Seconds for which every signed URL stays the same. */
const RENEWED_AFTER_SECONDS = 12 * 3_600;

/** Seconds for which a signed URL is valid: whenever it is handed out, it has half of them left at least. */
const VALID_FOR_SECONDS = 2 * RENEWED_AFTER_SECONDS;

/** Seconds by which the store's clock may be behind ours: a signature of the future would be refused. */
const CLOCK_LEEWAY_SECONDS = 300;

/**
 * A signed URL of an object. All processes make the same one for 12 hours, so that browsers find in their caches what they have
 * fetched; then comes the next one, while the last one is still valid. Nothing is sent to the store.
 *
 * @param options.method the only one that the URL is good for
 * @param options.nowMs the present, in milliseconds since 1970
 */
export async function signDownloadUrl(
  client: S3Client,
  options: { bucket: string; key: string; method: 'GET' | 'HEAD'; nowMs: number },
): Promise<string> {
  const input = { Bucket: options.bucket, Key: options.key };
  const command = options.method === 'GET' ? new GetObjectCommand(input) : new HeadObjectCommand(input);
  const windowMs = RENEWED_AFTER_SECONDS * 1_000;
  const leewayMs = CLOCK_LEEWAY_SECONDS * 1_000;
  const signingDate = new Date(Math.floor((options.nowMs - leewayMs) / windowMs) * windowMs);
  return getSignedUrl(client, command as GetObjectCommand, {
    signingDate,
    expiresIn: VALID_FOR_SECONDS + CLOCK_LEEWAY_SECONDS,
  });
}
