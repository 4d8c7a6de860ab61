import { bundleKey } from '../../../engine/remotion/composition-bundle.ts';
import { findFunction } from '../aws-function.ts';
import { findSites } from '../aws-site.ts';
import { functionNamePrefix } from '../function-size.ts';
import type { LambdaVariables } from '../lambda-variables.ts';
import { type AwsPlace, remotionVersion } from '../remotion-lambda.ts';
import { type Check, CheckFailure } from './check.ts';

const DEPLOY = 'Run `pnpm defrag lambda deploy` and set what it prints.';

/** Milliseconds that the site gets to answer. */
const SITE_TIMEOUT_MS = 10_000;

/** What is looked at of what `deploy` has made: function, bucket and site. */
export function deploymentChecks(place: AwsPlace, variables: LambdaVariables): Check[] {
  return [
    { name: 'function', run: () => checkFunction(place, variables.REMOTION_AWS_FUNCTION_NAME) },
    { name: 'bucket', run: () => checkBucket(place, variables.REMOTION_AWS_BUCKET) },
    { name: 'site', run: () => checkSite(variables.REMOTION_AWS_SERVE_URL) },
  ];
}

async function checkFunction(place: AwsPlace, name: string | undefined): Promise<string> {
  if (name === undefined) throw new CheckFailure('REMOTION_AWS_FUNCTION_NAME is not set', DEPLOY);
  const version = await remotionVersion();
  if (!name.startsWith(functionNamePrefix(version))) {
    throw new CheckFailure(`${name} is not of Remotion ${version}, which is installed`, DEPLOY);
  }
  const found = await findFunction(place, name);
  if (found === undefined) throw new CheckFailure(`there is no ${name} in ${place.region}`, DEPLOY);
  if (!found.isCurrent) {
    throw new CheckFailure(
      `${name} has other code than Remotion ${version}`,
      'Run `pnpm defrag lambda teardown`, then `pnpm defrag lambda deploy`.',
    );
  }
  if (found.state !== 'Active') {
    throw new CheckFailure(
      `${name} is ${found.state}`,
      'AWS puts functions to sleep that were not used for weeks; the next render wakes it. Otherwise deploy it again.',
    );
  }
  return `${name}, Active, code of Remotion ${version}`;
}

async function checkBucket(place: AwsPlace, bucket: string | undefined): Promise<string> {
  if (bucket === undefined) throw new CheckFailure('REMOTION_AWS_BUCKET is not set', DEPLOY);
  const { buckets } = await findSites(place, bucket);
  if (buckets.includes(bucket)) return bucket;
  throw new CheckFailure(`there is no ${bucket} in ${place.region}`, DEPLOY);
}

async function checkSite(serveUrl: string | undefined): Promise<string> {
  if (serveUrl === undefined) throw new CheckFailure('REMOTION_AWS_SERVE_URL is not set', DEPLOY);
  const key = await bundleKey();
  if (!serveUrl.includes(`/sites/${key}/`)) {
    throw new CheckFailure(`${serveUrl} is not the present composition, ${key}`, DEPLOY);
  }
  let status: number;
  try {
    const response = await fetch(serveUrl, { signal: AbortSignal.timeout(SITE_TIMEOUT_MS) });
    await response.body?.cancel();
    status = response.status;
  } catch {
    throw new CheckFailure(
      `${serveUrl} is out of reach`,
      'Check the network, and that the bucket is in this region.',
    );
  }
  if (status === 200) return key;
  throw new CheckFailure(
    `${serveUrl} answers ${status}`,
    status === 403
      ? 'Let the bucket be read by everybody: the account may block public access to all its buckets.'
      : DEPLOY,
  );
}
