import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { RENDERER_VERSION } from '@defrag/core';
import type { AwsRegion } from '@remotion/lambda';
import { StartupError } from '../../process/startup-error.ts';

/** Remotion's package, and the region of AWS to use it in. */
export interface Aws {
  readonly remotion: typeof import('@remotion/lambda');
  readonly region: AwsRegion;
}

export const ROLE_NAME = 'remotion-lambda-role';

const resolve = createRequire(import.meta.url).resolve;

/**
 * Loads Remotion's package, which takes 2 s and 150 MB that only these commands need.
 *
 * @param regionName such as `eu-central-1`
 * @throws StartupError with all regions when Remotion does not know this one, or when the package is not installed
 */
export async function openAws(regionName: string): Promise<Aws> {
  const remotion = await fromCheckout(() => import('@remotion/lambda'));
  const regions = remotion.getRegions();
  const region = regions.find((known) => known === regionName);
  if (region !== undefined) return { remotion, region };
  throw new StartupError(`REMOTION_AWS_REGION must be one of ${regions.join(', ')}.`);
}

/** The policies that Remotion requires of user and role. @throws StartupError when the package is not installed */
export function loadPolicies(): Promise<typeof import('@remotion/lambda/policies')> {
  return fromCheckout(() => import('@remotion/lambda/policies'));
}

async function fromCheckout<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new StartupError(
      'This command needs @remotion/lambda, which a production installation leaves out. Run it in a checkout of the same version.',
      { cause: error },
    );
  }
}

/** The code that Remotion deploys as the function. An absolute path. */
export function functionZipPath(): string {
  return join(dirname(resolve('@remotion/lambda/package.json')), 'remotionlambda-arm64.zip');
}

export async function remotionVersion(): Promise<string> {
  return JSON.parse(await readFile(resolve('@remotion/lambda/package.json'), 'utf8')).version;
}

/** Name prefix of the functions of the installed Remotion version. */
export async function functionNamePrefix(): Promise<string> {
  return `remotion-render-${(await remotionVersion()).replaceAll('.', '-')}-`;
}

/** Names of the functions of the installed version of Remotion, of any size. @throws the SDK's error */
export async function listFunctions({ remotion, region }: Aws): Promise<string[]> {
  const prefix = await functionNamePrefix();
  const { client, sdk } = remotion.getAwsClient({ region, service: 'lambda' });
  const names: string[] = [];
  let marker: string | undefined;
  do {
    const page = await client.send(new sdk.ListFunctionsCommand({ Marker: marker }));
    for (const { FunctionName: name } of page.Functions ?? []) if (name?.startsWith(prefix)) names.push(name);
    marker = page.NextMarker;
  } while (marker);
  return names;
}

/** Remotion's buckets in the region, and the sites of this renderer version in them. @throws the SDK's error */
export async function findSites({ remotion, region }: Aws, bucket: string | undefined) {
  const found = await remotion.getSites({
    region,
    ...(bucket === undefined ? {} : { forceBucketName: bucket }),
  });
  return {
    buckets: found.buckets.map(({ name }) => name),
    sites: found.sites
      .filter(({ id }) => id === RENDERER_VERSION || id.startsWith(`${RENDERER_VERSION}-`))
      .map(({ id, bucketName }) => ({ name: id, bucket: bucketName })),
  };
}
