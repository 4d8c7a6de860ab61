import { RENDERER_VERSION } from '@defrag/core';
import { StartupError } from '../../process/startup-error.ts';
import type { AwsPlace } from './remotion-lambda.ts';

/** A deployed site: the composition, as the function's browser loads it. */
export interface DeployedSite {
  readonly name: string;
  readonly bucket: string;
  readonly sizeBytes: number;
}

/** What a look into the region's buckets found. */
export interface FoundSites {
  /** Remotion's buckets in the region. */
  readonly buckets: readonly string[];
  /** Sites of the present renderer version. */
  readonly sites: readonly DeployedSite[];
}

/** Looks for Remotion's buckets and for the sites of the present renderer version. @throws the SDK's error */
export async function findSites({ remotion, region }: AwsPlace, bucket?: string): Promise<FoundSites> {
  const found = await remotion.getSites({
    region,
    ...(bucket === undefined ? {} : { forceBucketName: bucket }),
  });
  return {
    buckets: found.buckets.map(({ name }) => name),
    sites: found.sites
      .filter(({ id }) => id === RENDERER_VERSION || id.startsWith(`${RENDERER_VERSION}-`))
      .map(({ id, bucketName, sizeInBytes }) => ({ name: id, bucket: bucketName, sizeBytes: sizeInBytes })),
  };
}

/**
 * Remotion's bucket of the region; made where there is none, with rules by which notes on renders go after days. Only its sites can be
 * read by everybody: notes on renders have scores and seeds in them.
 *
 * @param wanted its name, where the environment says it
 * @throws StartupError when it is not clear which one; the SDK's error
 */
export async function provideBucket(place: AwsPlace, wanted: string | undefined): Promise<string> {
  const bucket = await findOrMakeBucket(place, wanted);
  await openSitesAlone(place, bucket);
  return bucket;
}

/** Remotion lets everybody read everything in a bucket that it makes. */
async function openSitesAlone({ remotion, region }: AwsPlace, bucket: string): Promise<void> {
  const { client, sdk } = remotion.getAwsClient({ region, service: 's3' });
  const partition = region.startsWith('cn-') ? 'aws-cn' : 'aws';
  const policy = {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'PublicReadSites',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: `arn:${partition}:s3:::${bucket}/sites/*`,
      },
    ],
  };
  await client.send(new sdk.PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify(policy) }));
}

async function findOrMakeBucket(place: AwsPlace, wanted: string | undefined): Promise<string> {
  const { buckets } = await findSites(place, wanted);
  const [bucket] = buckets;
  if (buckets.length > 1) {
    throw new StartupError(
      `There are several buckets of Remotion in ${place.region}: ${buckets.join(', ')}. Set REMOTION_AWS_BUCKET to the one to use.`,
    );
  }
  if (bucket !== undefined) return bucket;
  if (wanted !== undefined) {
    throw new StartupError(
      `There is no bucket ${wanted} in ${place.region} (REMOTION_AWS_BUCKET). Unset it, and one is made.`,
    );
  }
  const { remotion, region } = place;
  const made = await remotion.getOrCreateBucket({ region, enableFolderExpiry: true, logLevel: 'error' });
  return made.bucketName;
}

/**
 * Uploads a bundle as a site; what is there already is left alone, and `index.html` comes last.
 *
 * @returns its address, and how many files were uploaded
 * @throws the SDK's error
 */
export async function uploadSite(
  { remotion, region }: AwsPlace,
  site: { bucket: string; name: string; folder: string },
): Promise<{ serveUrl: string; uploadedFiles: number }> {
  const { serveUrl, stats } = await remotion.deploySiteFromBundle({
    region,
    bucketName: site.bucket,
    siteName: site.name,
    bundleDir: site.folder,
    // The bucket's policy opens sites; objects need no access lists of their own.
    privacy: 'no-acl',
  });
  return { serveUrl, uploadedFiles: stats.uploadedFiles };
}

/** Removes a site with all its files. @throws the SDK's error */
export async function removeSite({ remotion, region }: AwsPlace, site: DeployedSite): Promise<void> {
  await remotion.deleteSite({ region, bucketName: site.bucket, siteName: site.name });
}
