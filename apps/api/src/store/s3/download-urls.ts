import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

/** How long all signed URLs of an object are the same. */
const RENEWED_AFTER_SECONDS = 12 * 3_600;

/** Twice as long, so that a URL is valid for at least 12 hours whenever it is returned. */
const VALID_FOR_SECONDS = 2 * RENEWED_AFTER_SECONDS;

/** How far the bucket's clock may be behind ours; it rejects signatures from the future. */
const CLOCK_LEEWAY_SECONDS = 300;

/**
 * Signs a URL of an object, without a request. All processes create the same URL for 12 hours, so that browser caches work.
 *
 * @param options.method the only one that the URL is valid for
 * @param options.nowMs the current time, in milliseconds since 1970
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
