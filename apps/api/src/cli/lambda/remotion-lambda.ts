import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { AwsRegion } from '@remotion/lambda';
import { StartupError } from '../../startup-error.ts';

/** Remotion's package, with everything that works on an account. */
export type RemotionLambda = typeof import('@remotion/lambda');

/** A region of AWS, and Remotion's package to work on it with. */
export interface AwsPlace {
  readonly remotion: RemotionLambda;
  readonly region: AwsRegion;
}

/**
 * Loads Remotion's package, which takes two seconds and 150 MB that only these commands have to spend.
 *
 * @param regionName such as `eu-central-1`
 * @throws StartupError naming all regions that Remotion knows when it does not know this one
 */
export async function openAwsPlace(regionName: string): Promise<AwsPlace> {
  const remotion = await import('@remotion/lambda');
  const regions = remotion.getRegions();
  const region = regions.find((known) => known === regionName);
  if (region !== undefined) return { remotion, region };
  throw new StartupError(`REMOTION_AWS_REGION must be one of ${regions.join(', ')}.`);
}

const MANIFEST = createRequire(import.meta.url).resolve('@remotion/lambda/package.json');

/** The code of the function, as the installed version of Remotion deploys it. An absolute path. */
export const FUNCTION_ZIP = join(dirname(MANIFEST), 'remotionlambda-arm64.zip');

/** The installed version of Remotion, such as `4.0.527`. */
export async function remotionVersion(): Promise<string> {
  return (JSON.parse(await readFile(MANIFEST, 'utf8')) as { version: string }).version;
}
