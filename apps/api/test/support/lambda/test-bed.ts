import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { type LambdaEmulator, startLambdaEmulator } from '@defrag/lambda-emulator';
import { bundleComposition } from '../../../src/engine/remotion/composition-bundle.ts';
import type { Bucket } from '../s3/bucket.ts';
import { documentedCorsRule } from '../s3/documented-cors.ts';
import { type S3Server, startS3Server } from '../s3/s3-server.ts';

export interface LambdaTestBedOptions {
  /** Timeout of an invocation. (Default: 240, for busy machines) */
  readonly timeoutSeconds?: number;
  /** Concurrent invocations. (Default: 4, of which two render chunks) */
  readonly concurrency?: number;
  /** File for the function's output. */
  readonly logPath: string;
}

/** AWS and R2 on this machine: the emulated Lambda, an S3 server, and another S3 server as R2. */
export interface LambdaTestBed {
  readonly lambda: LambdaEmulator;
  /** S3 with the site and Remotion's notes on renders. */
  readonly aws: S3Server;
  /** R2 with the bucket of the videos and the CORS rule of the documentation. */
  readonly r2: S3Server;
  /** Environment of an API that renders with it, without PUBLIC_BASE_URL. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** Cache of the bundled composition. */
const BUNDLES_DIR = new URL('../../../node_modules/.cache/remotion-bundles', import.meta.url).pathname;

const REGION = 'eu-central-1';
const AWS_BUCKET = 'remotionlambda-eucentral1-test';
const R2_BUCKET = 'videos';
const AWS_CREDENTIALS = { accessKeyId: 'the-aws-key', secretAccessKey: 'the-secret-of-aws' };
const R2_CREDENTIALS = { accessKeyId: 'the-r2-key', secretAccessKey: 'the-secret-of-r2' };

export const WEBHOOK_SECRET = 'the-secret-of-the-webhooks';

/** Starts everything that the Lambda engine needs on 127.0.0.1, with the composition deployed as a site. */
export async function startLambdaTestBed(options: LambdaTestBedOptions): Promise<LambdaTestBed> {
  const { timeoutSeconds = 240, concurrency = 4, logPath } = options;
  const functionName = `remotion-render-4-0-527-mem2048mb-disk2048mb-${timeoutSeconds}sec`;
  const aws = await startS3Server({
    buckets: { [AWS_BUCKET]: {}, site: { publicRead: true } },
    credentials: [AWS_CREDENTIALS],
    regions: [REGION],
  });
  const r2 = await startS3Server({
    buckets: { [R2_BUCKET]: {} },
    credentials: [R2_CREDENTIALS],
    cors: await documentedCorsRule(),
  });
  const bundle = await bundleComposition(BUNDLES_DIR);
  const siteKey = await putSite(aws.bucket('site'), bundle.path, `sites/${bundle.key}`);
  const lambda = await startLambdaEmulator({
    functionName,
    region: REGION,
    credentials: AWS_CREDENTIALS,
    s3Endpoint: aws.endpoint,
    concurrency,
    logPath,
  });
  return {
    lambda,
    aws,
    r2,
    env: {
      RENDER_ENGINE: 'lambda',
      AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint,
      AWS_ENDPOINT_URL_S3: aws.endpoint,
      AWS_ENDPOINT_URL_STS: lambda.endpoint,
      REMOTION_AWS_ACCESS_KEY_ID: AWS_CREDENTIALS.accessKeyId,
      REMOTION_AWS_SECRET_ACCESS_KEY: AWS_CREDENTIALS.secretAccessKey,
      REMOTION_AWS_REGION: REGION,
      REMOTION_AWS_FUNCTION_NAME: functionName,
      REMOTION_AWS_SERVE_URL: `${aws.endpoint}/site/${siteKey}`,
      REMOTION_AWS_BUCKET: AWS_BUCKET,
      REMOTION_AWS_WEBHOOK_SECRET: WEBHOOK_SECRET,
      R2_ENDPOINT: r2.endpoint,
      R2_ACCESS_KEY_ID: R2_CREDENTIALS.accessKeyId,
      R2_SECRET_ACCESS_KEY: R2_CREDENTIALS.secretAccessKey,
      R2_BUCKET,
    },
    async close() {
      await lambda.close();
      await Promise.all([aws.close(), r2.close()]);
    },
  };
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** Uploads a bundle as Remotion's `deploySite` does. @returns key of its `index.html` */
async function putSite(bucket: Bucket, bundleDir: string, prefix: string): Promise<string> {
  for (const entry of await readdir(bundleDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const type = CONTENT_TYPES[extname(entry.name)] ?? 'application/octet-stream';
    const headers = { 'content-type': type };
    bucket.put(`${prefix}/${relative(bundleDir, path)}`, await readFile(path), { headers });
  }
  return `${prefix}/index.html`;
}
