import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { speculateFunctionName } from '@remotion/lambda-client';
import { bundleComposition } from '../../engine/remotion/composition-bundle.ts';
import { StartupError } from '../../process/startup-error.ts';
import { type Aws, findSites, functionZipPath, openAws } from './aws.ts';
import { withAws } from './aws-error.ts';
import type { LambdaVariables } from './lambda-variables.ts';

/** The size of a function is part of its name: another size is another function. */
export interface FunctionSize {
  /** 512..10240. AWS assigns processors in proportion, one at 1769 MB. */
  readonly memoryMb: number;
  /** Size of `/tmp`, 512..10240. */
  readonly diskMb: number;
  /** Timeout of one invocation, 15..900. */
  readonly timeoutSeconds: number;
}

export const DEFAULT_FUNCTION_SIZE: FunctionSize = { memoryMb: 2_048, diskMb: 2_048, timeoutSeconds: 120 };

const LOG_RETENTION_DAYS = 14;

/** Seconds that a try needs beside the longest invocation. */
const SECONDS_AROUND_INVOCATION = 60;

const DEFAULT_RENDER_TIMEOUT_SECONDS = 300;

/**
 * Deploys the function of the installed version of Remotion and the site of this composition. It keeps what exists, including
 * sites of other compositions, which active renders may still load.
 *
 * @param options.onStep receives the name of each step before it begins
 * @returns what is deployed now, and the environment variables that the engine needs (no secrets)
 * @throws StartupError with what is wrong and what to do
 */
export async function deploy(
  variables: LambdaVariables,
  options: { size: FunctionSize; bundlesDir: string; onStep: (step: string) => void },
) {
  const { size, onStep } = options;
  const aws = await openAws(variables.REMOTION_AWS_REGION);
  const { remotion, region } = aws;
  const accountId = await withAws('Nothing was deployed', async () => {
    const { client, sdk } = remotion.getAwsClient({ region, service: 'sts' });
    return (await client.send(new sdk.GetCallerIdentityCommand({}))).Account ?? '';
  });

  onStep('bundling the composition');
  const bundle = await bundleComposition(options.bundlesDir);

  const functionName = speculateFunctionName({
    memorySizeInMb: size.memoryMb,
    diskSizeInMb: size.diskMb,
    timeoutInSeconds: size.timeoutSeconds,
  });
  onStep(`function ${functionName}`);
  const functionIsNew = await withAws('The function was not deployed', async () => {
    const existing = await findFunction(aws, functionName);
    if (existing === undefined) await createFunction(aws, size);
    else if (!existing.isCurrent) {
      throw new StartupError(
        `The function ${functionName} contains other code than this version of Remotion. Remove it with \`pnpm defrag lambda teardown\` and deploy again.`,
      );
    }
    return existing === undefined;
  });

  return await withAws('The site was not deployed', async () => {
    const bucket = await findOrCreateBucket(aws, variables.REMOTION_AWS_BUCKET);
    await limitPublicAccess(aws, bucket);
    onStep(`site ${bundle.key} in ${bucket}`);
    const { serveUrl, stats } = await remotion.deploySiteFromBundle({
      region,
      bucketName: bucket,
      siteName: bundle.key,
      bundleDir: bundle.path,
      // The bucket policy makes sites public, so objects need no ACL.
      privacy: 'no-acl',
    });
    const renderSeconds = size.timeoutSeconds + SECONDS_AROUND_INVOCATION;
    const environment: Record<string, string> = {
      RENDER_ENGINE: 'lambda',
      REMOTION_AWS_REGION: region,
      REMOTION_AWS_FUNCTION_NAME: functionName,
      REMOTION_AWS_BUCKET: bucket,
      REMOTION_AWS_SERVE_URL: serveUrl,
    };
    if (renderSeconds > DEFAULT_RENDER_TIMEOUT_SECONDS) {
      environment['RENDER_TIMEOUT_SECONDS'] = String(renderSeconds);
    }
    return {
      account_id: accountId,
      function_name: functionName,
      function_is_new: functionIsNew,
      bucket,
      site: bundle.key,
      uploaded_files: stats.uploadedFiles,
      environment,
    };
  });
}

/**
 * A deployed function, or undefined when there is none of this name.
 *
 * @returns `isCurrent` is whether its code is that of the installed version of Remotion, byte for byte
 * @throws the SDK's error
 */
export async function findFunction({ remotion, region }: Aws, name: string) {
  const { client, sdk } = remotion.getAwsClient({ region, service: 'lambda' });
  try {
    const { Configuration: found } = await client.send(new sdk.GetFunctionCommand({ FunctionName: name }));
    const code = createHash('sha256').update(await readFile(functionZipPath()));
    return { state: String(found?.State), isCurrent: found?.CodeSha256 === code.digest('base64') };
  } catch (error) {
    if (error instanceof sdk.ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function createFunction({ remotion, region }: Aws, size: FunctionSize): Promise<void> {
  await remotion.deployFunction({
    region,
    memorySizeInMb: size.memoryMb,
    diskSizeInMb: size.diskMb,
    timeoutInSeconds: size.timeoutSeconds,
    createCloudWatchLogGroup: true,
    cloudWatchLogRetentionPeriodInDays: LOG_RETENTION_DAYS,
    logLevel: 'error',
  });
}

/** @param wanted REMOTION_AWS_BUCKET */
async function findOrCreateBucket(aws: Aws, wanted: string | undefined): Promise<string> {
  const { remotion, region } = aws;
  const { buckets } = await findSites(aws, wanted);
  const [bucket] = buckets;
  if (buckets.length > 1) {
    throw new StartupError(
      `${region} has several buckets of Remotion: ${buckets.join(', ')}. Set REMOTION_AWS_BUCKET to one of them.`,
    );
  }
  if (bucket !== undefined) return bucket;
  if (wanted !== undefined) {
    throw new StartupError(
      `The bucket ${wanted} (REMOTION_AWS_BUCKET) does not exist in ${region}. Unset the variable to create a bucket.`,
    );
  }
  // The expiry rules delete Remotion's notes on renders after days.
  const created = await remotion.getOrCreateBucket({ region, enableFolderExpiry: true, logLevel: 'error' });
  return created.bucketName;
}

/** Remotion makes its whole bucket public. Only the sites may be: notes on renders contain scores and seeds. */
async function limitPublicAccess({ remotion, region }: Aws, bucket: string): Promise<void> {
  const { client, sdk } = remotion.getAwsClient({ region, service: 's3' });
  const partition = region.startsWith('cn-') ? 'aws-cn' : 'aws';
  const statement = {
    Sid: 'PublicReadSites',
    Effect: 'Allow',
    Principal: '*',
    Action: 's3:GetObject',
    Resource: `arn:${partition}:s3:::${bucket}/sites/*`,
  };
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await client.send(new sdk.PutBucketPolicyCommand({ Bucket: bucket, Policy: policy }));
}
