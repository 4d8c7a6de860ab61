import { S3Client } from '@aws-sdk/client-s3';

export interface BucketSettings {
  /** Origin of the S3 API, such as `https://<account>.r2.cloudflarestorage.com`. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Timeouts in milliseconds. */
export interface Patience {
  /** To connect. (Default: 3000) */
  readonly connectMs?: number;
  /** Between two bytes of a request. (Default: 15000) */
  readonly idleMs?: number;
  /** For a request without a video, retries included. (Default: 10000) */
  readonly answerMs?: number;
}

export interface BucketClient {
  readonly client: S3Client;
  readonly bucket: string;
  /** Aborts after `answerMs`, or together with the given signal. */
  answerDeadline(signal?: AbortSignal): AbortSignal;
}

/** The only region of R2. */
const REGION = 'auto';

const MAX_ATTEMPTS = 3;

const MAX_SOCKETS = 50;

const nothing = () => undefined;

/** Without a logger the SDK writes to the console; its errors say the same. */
const SILENT = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

export function createBucketClient(settings: BucketSettings, patience: Patience = {}): BucketClient {
  const { endpoint, bucket, accessKeyId, secretAccessKey } = settings;
  const { connectMs = 3_000, idleMs = 15_000, answerMs = 10_000 } = patience;
  const client = new S3Client({
    endpoint,
    region: REGION,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey },
    // R2 and others support S3's additional checksums only in part. The signature covers the digest of every body we send.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: MAX_ATTEMPTS,
    retryMode: 'standard',
    // Explicit, because the SDK would read them from AWS_ variables and files, which belong to another account.
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
