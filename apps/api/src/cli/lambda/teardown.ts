import { withAws } from './aws-error.ts';
import { listFunctions, removeFunction } from './aws-function.ts';
import { type DeployedSite, findSites, removeSite } from './aws-site.ts';
import type { LambdaVariables } from './lambda-variables.ts';
import { openAwsPlace } from './remotion-lambda.ts';

/** What is there of this version, and how to remove it. */
export interface Teardown {
  readonly functions: readonly string[];
  readonly sites: readonly DeployedSite[];
  /** Remotion's buckets, which stay. */
  readonly buckets: readonly string[];
  /** Removes functions and sites. @throws StartupError with one sentence; what was removed before stays so */
  run(): Promise<void>;
}

/**
 * Looks for what `deploy` has made: functions of the installed version of Remotion, of any size, and sites of the present renderer version.
 * Those of other versions may still be in use, and are left alone.
 *
 * @throws StartupError with one sentence, and what to do
 */
export async function planTeardown(variables: LambdaVariables): Promise<Teardown> {
  const place = await openAwsPlace(variables.REMOTION_AWS_REGION);
  const functions = await withAws('Nothing was removed', () => listFunctions(place));
  const { sites, buckets } = await withAws('Nothing was removed', () =>
    findSites(place, variables.REMOTION_AWS_BUCKET),
  );
  return {
    functions,
    sites,
    buckets,
    async run() {
      // First, so that nothing can load a site that is going.
      for (const name of functions) {
        await withAws(`The function ${name} was not removed`, () => removeFunction(place, name));
      }
      for (const site of sites) {
        await withAws(`The site ${site.name} was not removed`, () => removeSite(place, site));
      }
    },
  };
}
