import { objectKey } from '@defrag/core';
import { bundleKey } from '../../engine/remotion/composition-bundle.ts';
import { AppError } from '../../errors.ts';
import type { VideoStore } from '../../store/store.ts';
import { type Aws, findSites, functionNamePrefix, openAws, ROLE_NAME, remotionVersion } from './aws.ts';
import { explainAwsError } from './aws-error.ts';
import { findFunction } from './deploy.ts';
import type { LambdaVariables } from './lambda-variables.ts';

export interface Finding {
  readonly name: string;
  readonly ok: boolean;
  /** What was found, in a few words. */
  readonly found: string;
  /** What to do about it, a sentence; null when `ok`. */
  readonly remedy: string | null;
}

export interface DoctorOptions {
  readonly store: VideoStore;
  /** Of the API. */
  readonly publicBaseUrl: string;
  /** Of a page that shows videos, such as `https://app.example.com`. */
  readonly origin: string;
}

/** @param found what is wrong, in a few words @param remedy what to do about it, a sentence */
class CheckFailure extends Error {
  readonly remedy: string;
  constructor(found: string, remedy: string) {
    super(found);
    this.remedy = remedy;
  }
}

const DEPLOY = 'Run `pnpm defrag lambda deploy` and set what it prints.';
const CORS_RULE = 'Set the CORS rule of docs/store.md on the bucket.';
const givePolicy = (of: string) =>
  `Give the ${of} the policy that \`pnpm defrag lambda policies\` prints as ${of} policy.`;

const TIMEOUT_MS = 10_000;

/** Lambda's "Concurrent executions" in AWS's list of quotas. */
const CONCURRENCY_QUOTA = 'L-B99A9384';

/** Hosts of this machine or this network. */
const LOCAL_HOST = /^(localhost$|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[::1\]|.*\.local$)/;

/**
 * Checks everything that a render on Lambda needs, one after the other. Changes nothing.
 *
 * @param onFinding receives each finding as soon as it is known
 * @throws StartupError when Remotion does not know the region
 */
export async function diagnose(
  variables: LambdaVariables,
  options: DoctorOptions,
  onFinding: (finding: Finding) => void,
): Promise<Finding[]> {
  const aws = await openAws(variables.REMOTION_AWS_REGION);
  const { store, origin, publicBaseUrl } = options;
  const checks: Record<string, () => Promise<string>> = {
    'access key': async () => (await findIdentity(aws)).Arn ?? '',
    'user policy': () => checkUser(aws),
    role: () => checkRole(aws),
    quota: () => checkQuota(aws, variables.REMOTION_AWS_CONCURRENCY),
    function: () => checkFunction(aws, variables.REMOTION_AWS_FUNCTION_NAME),
    bucket: () => checkBucket(aws, variables.REMOTION_AWS_BUCKET),
    site: () => checkSite(variables.REMOTION_AWS_SERVE_URL),
    webhook: async () => checkWebhook(publicBaseUrl, variables.REMOTION_AWS_WEBHOOK_SECRET),
    'video bucket': () => checkVideoBucket(store),
    CORS: () => checkCors(store, origin),
  };
  const findings: Finding[] = [];
  for (const [name, check] of Object.entries(checks)) {
    const finding = await check().then(
      (found): Finding => ({ name, ok: true, found, remedy: null }),
      (error): Finding => ({ name, ok: false, ...explain(error) }),
    );
    onFinding(finding);
    findings.push(finding);
  }
  return findings;
}

function explain(error: unknown): Pick<Finding, 'found' | 'remedy'> {
  if (error instanceof CheckFailure) return { found: error.message, remedy: error.remedy };
  if (error instanceof AppError) return { found: error.message, remedy: 'See docs/store.md.' };
  const { sentence, remedy } = explainAwsError(error);
  return { found: sentence, remedy };
}

async function findIdentity({ remotion, region }: Aws) {
  const { client, sdk } = remotion.getAwsClient({ region, service: 'sts' });
  return await client.send(new sdk.GetCallerIdentityCommand({}));
}

async function checkUser({ remotion, region }: Aws): Promise<string> {
  const { results } = await remotion.simulatePermissions({ region });
  const missing = results.filter(({ decision }) => decision !== 'allowed').map(({ name }) => String(name));
  if (missing.length === 0) return 'allows everything that is needed';
  throw new CheckFailure(`does not allow ${missing.join(', ')}`, givePolicy('user'));
}

async function checkRole(aws: Aws): Promise<string> {
  const { remotion, region } = aws;
  const { Account: accountId, Arn: arn = '' } = await findIdentity(aws);
  const partition = arn.split(':')[1] === 'aws-cn' ? 'aws-cn' : 'aws';
  const policy = JSON.parse(remotion.getRolePolicy({ partition })) as {
    Statement: { Action: string[]; Resource: string[] }[];
  };
  const { client, sdk } = remotion.getAwsClient({ region, service: 'iam' });
  const missing: string[] = [];
  try {
    for (const { Action: actions, Resource: resources } of policy.Statement) {
      const { EvaluationResults: results = [] } = await client.send(
        new sdk.SimulatePrincipalPolicyCommand({
          PolicySourceArn: `arn:${partition}:iam::${accountId}:role/${ROLE_NAME}`,
          ActionNames: actions,
          ResourceArns: resources,
        }),
      );
      for (const { EvalActionName: action, EvalDecision: decision } of results) {
        if (decision !== 'allowed') missing.push(String(action));
      }
    }
  } catch (error) {
    if (!(error as Error).name.startsWith('NoSuchEntity')) throw error;
    throw new CheckFailure(
      `there is no role ${ROLE_NAME}`,
      'Create it for Lambda with the policy that `pnpm defrag lambda policies` prints as role policy.',
    );
  }
  if (missing.length === 0) return `${ROLE_NAME} allows everything that is needed`;
  throw new CheckFailure(`${ROLE_NAME} does not allow ${missing.join(', ')}`, givePolicy('role'));
}

/** @param concurrency REMOTION_AWS_CONCURRENCY */
async function checkQuota({ remotion, region }: Aws, concurrency: number): Promise<string> {
  const { client, sdk } = remotion.getAwsClient({ region, service: 'servicequotas' });
  const { Quota: quota } = await client.send(
    new sdk.GetServiceQuotaCommand({ ServiceCode: 'lambda', QuotaCode: CONCURRENCY_QUOTA }),
  );
  const limit = quota?.Value ?? 0;
  const found = `${limit} concurrent invocations in ${region}`;
  if (limit >= concurrency) return found;
  throw new CheckFailure(
    `${found}, but REMOTION_AWS_CONCURRENCY is ${concurrency}`,
    `Set REMOTION_AWS_CONCURRENCY to at most ${limit}, or request a higher quota "Concurrent executions" of Lambda.`,
  );
}

async function checkFunction(aws: Aws, name: string | undefined): Promise<string> {
  if (name === undefined) throw new CheckFailure('REMOTION_AWS_FUNCTION_NAME is not set', DEPLOY);
  const version = await remotionVersion();
  if (!name.startsWith(await functionNamePrefix())) {
    throw new CheckFailure(`${name} does not belong to the installed Remotion ${version}`, DEPLOY);
  }
  const found = await findFunction(aws, name);
  if (found === undefined) throw new CheckFailure(`there is no ${name} in ${aws.region}`, DEPLOY);
  if (!found.isCurrent) {
    throw new CheckFailure(
      `${name} contains other code than Remotion ${version}`,
      'Run `pnpm defrag lambda teardown`, then `pnpm defrag lambda deploy`.',
    );
  }
  if (found.state !== 'Active') {
    throw new CheckFailure(
      `${name} is ${found.state}`,
      'AWS deactivates functions that were idle for weeks, and the next render reactivates them. Otherwise deploy it again.',
    );
  }
  return `${name}, active, code of Remotion ${version}`;
}

async function checkBucket(aws: Aws, bucket: string | undefined): Promise<string> {
  if (bucket === undefined) throw new CheckFailure('REMOTION_AWS_BUCKET is not set', DEPLOY);
  if ((await findSites(aws, bucket)).buckets.includes(bucket)) return bucket;
  throw new CheckFailure(`there is no ${bucket} in ${aws.region}`, DEPLOY);
}

async function checkSite(serveUrl: string | undefined): Promise<string> {
  if (serveUrl === undefined) throw new CheckFailure('REMOTION_AWS_SERVE_URL is not set', DEPLOY);
  const key = await bundleKey();
  if (!serveUrl.includes(`/sites/${key}/`)) {
    throw new CheckFailure(`${serveUrl} is not the current composition ${key}`, DEPLOY);
  }
  const { status } = await request(serveUrl, {}, 'Check the network and the region of the bucket.');
  if (status === 200) return key;
  throw new CheckFailure(
    `${serveUrl} returned ${status}`,
    status === 403
      ? 'Allow public access to the bucket: the account may block it for all its buckets.'
      : DEPLOY,
  );
}

/** Whether the function can notify the API of the end of a render. */
export function checkWebhook(publicBaseUrl: string, secret: string | undefined): string {
  if (secret === undefined) {
    throw new CheckFailure(
      'REMOTION_AWS_WEBHOOK_SECRET is not set',
      'Set it to a random text of at least 16 characters, such as the output of `openssl rand -hex 24`.',
    );
  }
  return LOCAL_HOST.test(new URL(publicBaseUrl).hostname)
    ? `AWS cannot reach ${publicBaseUrl} (PUBLIC_BASE_URL); renders finish without it, some seconds later`
    : `goes to ${publicBaseUrl}`;
}

async function checkVideoBucket(store: VideoStore): Promise<string> {
  if (store.kind !== 's3') {
    throw new CheckFailure(
      'R2_ENDPOINT, R2_ACCESS_KEY_ID, R2_SECRET_ACCESS_KEY and R2_BUCKET are not set',
      'Set them: the function writes videos into that bucket, not into a local folder.',
    );
  }
  await store.check(AbortSignal.timeout(TIMEOUT_MS));
  return 'wrote, read and deleted an object';
}

async function checkCors(store: VideoStore, origin: string): Promise<string> {
  if (store.kind !== 's3') throw new CheckFailure('there is no bucket', 'Set the R2_ variables.');
  // The rule is the same for every key, so no video is needed.
  const url = await store.downloadUrlFor(objectKey('0'.repeat(64)), 'GET');
  const { host } = new URL(url);
  const preflight = {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'range' },
  };
  const answer = await request(url, preflight, 'Check R2_PUBLIC_BASE_URL, or R2_ENDPOINT if it is unset.');
  const allows = (header: string, value: string) => {
    const allowed = (answer.headers.get(`access-control-allow-${header}`) ?? '')
      .toLowerCase()
      .split(/\s*,\s*/);
    return allowed.includes('*') || allowed.includes(value.toLowerCase());
  };
  if (!answer.ok || !allows('origin', origin)) {
    throw new CheckFailure(`${host} does not allow pages of ${origin} to read videos`, CORS_RULE);
  }
  if (!allows('methods', 'GET') || !allows('headers', 'range')) {
    throw new CheckFailure(`${host} does not allow GET with ranges from pages of ${origin}`, CORS_RULE);
  }
  return `pages of ${origin} may read videos in ranges`;
}

async function request(url: string, init: RequestInit, remedy: string): Promise<Response> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    await response.body?.cancel();
    return response;
  } catch {
    throw new CheckFailure(`${new URL(url).host} is unreachable`, remedy);
  }
}
