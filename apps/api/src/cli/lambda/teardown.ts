import { findSites, listFunctions, openAws } from './aws.ts';
import { withAws } from './aws-error.ts';
import type { LambdaVariables } from './lambda-variables.ts';

/**
 * Finds what `deploy` has created: functions of the installed version of Remotion, of any size, and sites of this renderer
 * version. Other versions may still be in use and are left alone, as are the buckets.
 *
 * @returns what there is, and `run`, which removes functions and sites; after an error the rest stays
 * @throws StartupError with what is wrong and what to do
 */
export async function planTeardown(variables: LambdaVariables) {
  const aws = await openAws(variables.REMOTION_AWS_REGION);
  const { remotion, region } = aws;
  const functions = await withAws('Nothing was removed', () => listFunctions(aws));
  const { sites, buckets } = await withAws('Nothing was removed', () =>
    findSites(aws, variables.REMOTION_AWS_BUCKET),
  );
  return {
    functions,
    sites,
    buckets,
    async run(): Promise<void> {
      // Functions first, so that none loads a site while it is removed.
      for (const functionName of functions) {
        await withAws(`The function ${functionName} was not removed`, () =>
          remotion.deleteFunction({ region, functionName }),
        );
      }
      for (const { name, bucket } of sites) {
        await withAws(`The site ${name} was not removed`, () =>
          remotion.deleteSite({ region, bucketName: bucket, siteName: name }),
        );
      }
    },
  };
}
