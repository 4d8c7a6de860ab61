import { S3Client } from '@aws-sdk/client-s3';

/** Where a bucket is and who asks. */
export interface BucketSettings {
  /** Origin of the S3 API, such as `https://<account>.r2.cloudflarestorage.com`. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** How patient the client is, in milliseconds. */
export interface Patience {
  /** For a connection to come about. (Default: 3000) */
  readonly connectMs?: number;
  /** For the next byte, while a request is under way. (Default: 15000) */
  readonly idleMs?: number;
  /** For the answer to a small question, all tries together. (Default: 10000) */
  readonly answerMs?: number;
}

/** A client of one bucket. */
export interface BucketClient {
  readonly client: S3Client;
  readonly bucket: string;
  /** A signal that ends a small question after the patience for it, or when the given one aborts. */
  answerDeadline(signal?: AbortSignal): AbortSignal;
}

/** R2 has one region, and this is its name. */
const REGION = 'auto';

/** How often a request that sends no stream is tried. */
const MAX_ATTEMPTS = 3;

/** Connections to the bucket at the same time. */
const MAX_SOCKETS = 50;

const nothing = () => undefined;

/** What the SDK would write to the console is in the errors that it throws; without a logger of ours it does. */
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/**
 * Makes a client. Checksums of S3's newer kind are sent and asked for only where the protocol demands them, as R2 wants it; the
 * digests that we check are in the signature and in the metadata.
 */
export function createBucketClient(settings: BucketSettings, patience: Patience = {}): BucketClient {
  const { endpoint, bucket, accessKeyId, secretAccessKey } = settings;
  const { connectMs = 3_000, idleMs = 15_000, answerMs = 10_000 } = patience;
  const client = new S3Client({
    endpoint,
    region: REGION,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: MAX_ATTEMPTS,
    retryMode: 'standard',
    // Named, because the SDK else takes them from AWS_ variables and files, which are for the AWS that this machine may use too.
    defaultsMode: 'standard',
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
    useArnRegion: false,
    requestHandler: {
      connectionTimeout: connectMs,
      socketTimeout: idleMs,
      httpAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
      httpsAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
    },
    logger: SILENT,
  });
  return {
    client,
    bucket,
    answerDeadline: (signal) => {
      const deadline = AbortSignal.timeout(answerMs);
      return signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
    },
  };
}
