import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { AwsRegion } from '@remotion/lambda';
import { StartupError } from '../../process/startup-error.ts';

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
 * @throws StartupError naming all regions that Remotion knows when it does not know this one, or where the package is not installed
 */
export async function openAwsPlace(regionName: string): Promise<AwsPlace> {
  const remotion = await fromCheckout(() => import('@remotion/lambda'));
  const regions = remotion.getRegions();
  const region = regions.find((known) => known === regionName);
  if (region !== undefined) return { remotion, region };
  throw new StartupError(`REMOTION_AWS_REGION must be one of ${regions.join(', ')}.`);
}

/** What Remotion wants user and role to be allowed. @throws StartupError where the package is not installed */
export function loadPolicies(): Promise<typeof import('@remotion/lambda/policies')> {
  return fromCheckout(() => import('@remotion/lambda/policies'));
}

/** The code of the function, as the installed version of Remotion deploys it. An absolute path. */
export function functionZipPath(): string {
  return join(dirname(manifestPath()), 'remotionlambda-arm64.zip');
}

/** The installed version of Remotion, such as `4.0.527`. */
export async function remotionVersion(): Promise<string> {
  return (JSON.parse(await readFile(manifestPath(), 'utf8')) as { version: string }).version;
}

function manifestPath(): string {
  return createRequire(import.meta.url).resolve('@remotion/lambda/package.json');
}

async function fromCheckout<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    const message =
      'This command needs @remotion/lambda, which an installation for production leaves out. Run it in a checkout of this version.';
    throw new StartupError(message, { cause: error });
  }
}
