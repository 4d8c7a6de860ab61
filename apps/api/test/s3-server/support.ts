import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import { type S3Server, startS3Server } from '../support/s3/s3-server.ts';

/** A key that may read and write. */
export const OWNER = { accessKeyId: 'owner', secretAccessKey: 'the secret of the owner' } as const;
/** A key that may only read. */
export const READER = { accessKeyId: 'reader', secretAccessKey: 'the secret of the reader' } as const;

/** Starts a server with the buckets `videos` and `public`, until the test ends. */
export async function serveS3(): Promise<S3Server> {
  const server = await startS3Server({
    buckets: { videos: {}, public: { publicRead: true } },
    credentials: [OWNER, { ...READER, access: 'read' }],
  });
  onTestFinished(() => server.close());
  return server;
}

/** The real SDK, without retries and with its default checksums. */
export function clientOf(server: S3Server, config: S3ClientConfig = {}): S3Client {
  const client = new S3Client({
    endpoint: server.endpoint,
    region: 'auto',
    forcePathStyle: true,
    credentials: OWNER,
    maxAttempts: 1,
    ...config,
  });
  onTestFinished(() => client.destroy());
  return client;
}
