import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RENDERER_VERSION } from '@defrag/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { functionNamePrefix, functionZipPath } from '../../src/cli/lambda/aws.ts';
import { checkWebhook } from '../../src/cli/lambda/doctor.ts';
import { bundleComposition } from '../../src/engine/remotion/composition-bundle.ts';
import { ACCOUNT_ID, AWS_REGION } from '../support/aws/aws-account.ts';
import { type AwsServer, startAwsServer } from '../support/aws/aws-server.ts';
import { type CliOutcome, runCli } from '../support/run-cli.ts';
import type { CorsRule } from '../support/s3/cors.ts';
import { type S3Server, startS3Server } from '../support/s3/s3-server.ts';

const R2_KEY = { accessKeyId: 'owner', secretAccessKey: 'the-secret-of-the-bucket' };

const CORS: CorsRule = {
  allowedOrigins: ['*'],
  allowedMethods: ['GET', 'HEAD'],
  allowedHeaders: ['range'],
  exposeHeaders: ['content-range'],
};

let folder: string;
let r2: S3Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'defrag-lambda-'));
  r2 = await startS3Server({ buckets: { videos: {} }, credentials: [R2_KEY], cors: CORS });
  // Bundling is the slowest step of the first deployment, so do it outside the test timeout.
  await bundleComposition(join(folder, 'data', 'bundles'));
});

afterAll(async () => {
  await r2?.close();
  await rm(folder, { recursive: true, force: true });
});

const started: AwsServer[] = [];
async function freshAccount(): Promise<AwsServer> {
  const aws = await startAwsServer();
  started.push(aws);
  return aws;
}
afterEach(async () => {
  for (const aws of started.splice(0)) await aws.close();
});

const r2Env = (endpoint = r2.endpoint) => ({
  R2_ENDPOINT: endpoint,
  R2_ACCESS_KEY_ID: R2_KEY.accessKeyId,
  R2_SECRET_ACCESS_KEY: R2_KEY.secretAccessKey,
  R2_BUCKET: 'videos',
});

/** Runs `defrag lambda ...`. All runs share a data folder and thus one bundle. */
function lambda(env: Readonly<Record<string, string>>, ...args: string[]): Promise<CliOutcome> {
  return runCli({ dataDir: join(folder, 'data'), env }, 'lambda', ...args);
}

const FUNCTION_NAME = `${await functionNamePrefix()}mem2048mb-disk2048mb-120sec`;

/** Deploys. @returns the output, and an environment whose site URL points at this machine */
async function deployed(aws: AwsServer) {
  const outcome = await lambda(aws.env, 'deploy', '--json');
  expect(outcome).toMatchObject({ status: 0 });
  const again = JSON.parse(outcome.stdout);
  const serveUrl = `${aws.bucketsUrl}/${again.bucket}/sites/${again.site}/index.html`;
  const env: Record<string, string> = {
    ...aws.env,
    ...r2Env(),
    ...again.environment,
    REMOTION_AWS_WEBHOOK_SECRET: 'the-secret-of-the-webhook',
  };
  return { again, env: { ...env, REMOTION_AWS_SERVE_URL: serveUrl } };
}

interface Finding {
  readonly name: string;
  readonly ok: boolean;
  readonly found: string;
  readonly remedy: string | null;
}

async function findings(env: Record<string, string>, ...args: string[]) {
  const outcome = await lambda(env, 'doctor', '--json', ...args);
  const { ok, checks } = JSON.parse(outcome.stdout) as { ok: boolean; checks: Finding[] };
  expect(outcome.status).toBe(ok ? 0 : 1);
  expect(`${outcome.stdout}${outcome.stderr}`).not.toMatch(/the-secret-of|X-Amz-Signature/);
  return { all: checks, wrong: checks.filter((finding) => !finding.ok) };
}

describe('defrag lambda', () => {
  it('deploys to an empty account, reuses that on a second run, passes the doctor, and tears down', {
    timeout: 300_000,
  }, async () => {
    const aws = await freshAccount();
    const first = await lambda(aws.env, 'deploy');
    expect(first.status).toBe(0);
    const [bucket = ''] = aws.account.buckets.keys();
    const printed = Object.fromEntries(
      [...first.stdout.matchAll(/^([A-Z_]+)=(.*)$/gm)].map((match) => [match[1], match[2]]),
    );
    const site = /\/sites\/([^/]+)\/index\.html$/.exec(printed['REMOTION_AWS_SERVE_URL'] ?? '')?.[1] ?? '';
    expect(printed).toEqual({
      RENDER_ENGINE: 'lambda',
      REMOTION_AWS_REGION: AWS_REGION,
      REMOTION_AWS_FUNCTION_NAME: FUNCTION_NAME,
      REMOTION_AWS_BUCKET: bucket,
      REMOTION_AWS_SERVE_URL: `https://${bucket}.s3.${AWS_REGION}.amazonaws.com/sites/${site}/index.html`,
    });
    expect(site).toMatch(new RegExp(`^${RENDERER_VERSION}-[0-9a-f]{16}$`));
    expect(aws.account.functions.get(FUNCTION_NAME)).toMatchObject({
      role: `arn:aws:iam::${ACCOUNT_ID}:role/remotion-lambda-role`,
      memoryMb: 2_048,
      diskMb: 2_048,
      timeoutSeconds: 120,
    });
    expect(aws.account.logGroups.get(`/aws/lambda/${FUNCTION_NAME}`)).toEqual({ retentionDays: 14 });
    expect(JSON.parse(aws.account.buckets.get(bucket)?.get('policy') ?? '').Statement).toMatchObject([
      { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/sites/*` },
    ]);
    expect(aws.account.buckets.get(bucket)?.get('lifecycle')).toContain('1-day');
    const index = await fetch(`${aws.bucketsUrl}/${bucket}/sites/${site}/index.html`);
    expect([index.status, index.headers.get('content-type')]).toEqual([200, 'text/html']);

    const { env, again } = await deployed(aws);
    expect(again).toMatchObject({ function_is_new: false, uploaded_files: 0, bucket, site });
    expect((await findings(env)).wrong).toEqual([]);

    const refused = await lambda(aws.env, 'teardown');
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toBe(
      `error: Nothing was removed. --yes would remove:\n  function ${FUNCTION_NAME}\n  site ${site} in ${bucket}\n`,
    );
    expect(aws.account.functions.size).toBe(1);
    const removed = await lambda(aws.env, 'teardown', '--yes', '--json');
    expect(JSON.parse(removed.stdout)).toEqual({
      removed_functions: [FUNCTION_NAME],
      removed_sites: [site],
      buckets_left: [bucket],
    });
    expect(aws.account.functions.size).toBe(0);
    expect([...aws.s3.bucket(bucket).objects.keys()]).toEqual([]);
    expect((await findings(env)).wrong).toMatchObject([
      { name: 'function', found: `there is no ${FUNCTION_NAME} in ${AWS_REGION}` },
      { name: 'site', found: `${env['REMOTION_AWS_SERVE_URL']} returned 404` },
    ]);
    const nothing = await lambda(aws.env, 'teardown');
    expect(nothing).toMatchObject({ status: 0, stderr: '' });
    expect(nothing.stdout).toContain('nothing to remove');
  });

  it('doctor reports every problem in the account and the deployment, each with its remedy', {
    timeout: 300_000,
  }, async () => {
    const aws = await freshAccount();
    const { env } = await deployed(aws);
    aws.account.userDenied.add('lambda:CreateFunction').add('s3:PutObjectAcl');
    aws.account.roleDenied.add('lambda:InvokeFunction');
    aws.account.concurrencyQuota = 10;
    const existing = aws.account.functions.get(FUNCTION_NAME);
    if (existing === undefined) throw new Error('not deployed');
    aws.account.functions.set(FUNCTION_NAME, { ...existing, codeSha256: 'another' });
    const bareR2 = await startS3Server({ buckets: { videos: {} }, credentials: [R2_KEY] });
    try {
      const { all, wrong } = await findings({
        ...env,
        ...r2Env(bareR2.endpoint),
        REMOTION_AWS_CONCURRENCY: '50',
        REMOTION_AWS_WEBHOOK_SECRET: '',
        RENDER_ENGINE: '',
        REMOTION_AWS_BUCKET: 'remotionlambda-eucentral1-other',
        REMOTION_AWS_SERVE_URL: `${aws.bucketsUrl}/bucket/sites/v0-video-0123456789abcdef/index.html`,
      });
      expect(all.filter(({ ok }) => ok).map(({ name }) => name)).toEqual(['access key', 'video bucket']);
      expect(wrong).toEqual([
        {
          name: 'user policy',
          ok: false,
          found: 'does not allow s3:PutObjectAcl, lambda:CreateFunction',
          remedy: expect.stringContaining('pnpm defrag lambda policies'),
        },
        {
          name: 'role',
          ok: false,
          found: 'remotion-lambda-role does not allow lambda:InvokeFunction',
          remedy: expect.stringContaining('pnpm defrag lambda policies'),
        },
        {
          name: 'quota',
          ok: false,
          found: expect.stringContaining('10 concurrent invocations'),
          remedy: expect.stringContaining('REMOTION_AWS_CONCURRENCY'),
        },
        {
          name: 'function',
          ok: false,
          found: expect.stringContaining('contains other code than Remotion'),
          remedy: expect.stringContaining('teardown'),
        },
        { name: 'bucket', ok: false, found: expect.any(String), remedy: expect.stringContaining('deploy') },
        {
          name: 'site',
          ok: false,
          found: expect.stringContaining('is not the current composition'),
          remedy: expect.stringContaining('deploy'),
        },
        {
          name: 'webhook',
          ok: false,
          found: 'REMOTION_AWS_WEBHOOK_SECRET is not set',
          remedy: expect.stringContaining('openssl'),
        },
        {
          name: 'CORS',
          ok: false,
          found: expect.stringContaining('does not allow pages of'),
          remedy: expect.stringContaining('docs/store.md'),
        },
      ]);
      const refused = await lambda(aws.env, 'deploy');
      expect(refused).toMatchObject({ status: 1, stdout: '' });
      expect(refused.stderr).toContain(
        `The function ${FUNCTION_NAME} contains other code than this version of Remotion.`,
      );
    } finally {
      await bareR2.close();
    }
  });

  it('doctor reports a missing role, a function from another version and wrong bucket credentials', async () => {
    const aws = await freshAccount();
    aws.account.roles.clear();
    const { wrong } = await findings({
      ...aws.env,
      ...r2Env(),
      R2_SECRET_ACCESS_KEY: 'the-secret-of-somebody-else',
      REMOTION_AWS_FUNCTION_NAME: 'remotion-render-4-0-1-mem2048mb-disk2048mb-120sec',
    });
    expect(wrong).toMatchObject([
      { name: 'role', found: 'there is no role remotion-lambda-role' },
      { name: 'function', found: expect.stringContaining('does not belong to the installed Remotion') },
      { name: 'bucket', found: 'REMOTION_AWS_BUCKET is not set' },
      { name: 'site', found: 'REMOTION_AWS_SERVE_URL is not set' },
      { name: 'webhook' },
      { name: 'video bucket', found: expect.stringContaining('rejected the credentials') },
    ]);

    const deploy = await lambda(aws.env, 'deploy');
    expect(deploy).toMatchObject({ status: 1, stdout: '' });
    expect(deploy.stderr).toContain(
      'error: The function was not deployed: The function cannot use the role remotion-lambda-role. Create it for Lambda',
    );
  });

  it('doctor prints a line for each check and the number of failures', async () => {
    const aws = await freshAccount();
    const outcome = await lambda({ ...aws.env, REMOTION_AWS_ACCESS_KEY_ID: 'AKIAOTHER' }, 'doctor');
    expect(outcome.status).toBe(1);
    expect(outcome.stdout).toContain(
      'FAIL access key: AWS does not accept the access key\n     Check REMOTION_AWS_ACCESS_KEY_ID',
    );
    expect(outcome.stdout).toContain('FAIL video bucket: R2_ENDPOINT, ');
    expect(outcome.stdout).toMatch(/^10 of 10 checks failed$/m);
  });

  it.each(['deploy', 'doctor', 'teardown'])(
    '%s fails without credentials and names every missing variable',
    async (command) => {
      const outcome = await lambda({ REMOTION_AWS_REGION: 'Frankfurt' }, command);
      expect(outcome).toMatchObject({ status: 1, stdout: '' });
      expect(
        outcome.stderr
          .split('\n')
          .filter((line) => line.startsWith('  '))
          .map((line) => line.trim().split(':')[0]),
      ).toEqual(['REMOTION_AWS_ACCESS_KEY_ID', 'REMOTION_AWS_SECRET_ACCESS_KEY', 'REMOTION_AWS_REGION']);
      expect(outcome.stderr).not.toContain('Frankfurt');
    },
  );

  it('deploy fails with an unknown access key and creates nothing', async () => {
    const aws = await freshAccount();
    const outcome = await lambda({ ...aws.env, REMOTION_AWS_ACCESS_KEY_ID: 'AKIAOTHER' }, 'deploy');
    expect(outcome).toMatchObject({ status: 1, stdout: '' });
    expect(outcome.stderr).toContain(
      'error: Nothing was deployed: AWS does not accept the access key. Check REMOTION_AWS_ACCESS_KEY_ID',
    );
    expect([aws.account.functions.size, aws.account.buckets.size]).toEqual([0, 0]);
  });

  it('deploy lists the regions when the region is unknown', async () => {
    const aws = await freshAccount();
    const outcome = await lambda({ ...aws.env, REMOTION_AWS_REGION: 'eu-nowhere-1' }, 'deploy');
    expect(outcome.stderr).toMatch(/^error: REMOTION_AWS_REGION must be one of eu-central-1, /);
  });

  it('checkWebhook passes for a local API with a note that AWS cannot reach it', () => {
    const found = (url: string) => checkWebhook(url, 'the-secret-of-the-webhook');
    for (const url of [
      'http://127.0.0.1:8787',
      'http://localhost:8787',
      'https://192.168.1.2',
      'http://[::1]:8787',
    ]) {
      expect(found(url)).toMatch(/^AWS cannot reach .* renders finish without it/);
    }
    for (const url of ['https://api.example.com', 'https://172.32.0.1', 'https://localhost.example.com']) {
      expect(found(url)).toBe(`goes to ${url}`);
    }
  });

  it('policies prints the user policy and the role policy', async () => {
    const outcome = await lambda({}, 'policies', '--json');
    const { user_policy, role_name, role_policy } = JSON.parse(outcome.stdout);
    expect(role_name).toBe('remotion-lambda-role');
    for (const policy of [user_policy, role_policy]) {
      expect(policy).toMatchObject({ Version: '2012-10-17', Statement: expect.any(Array) });
    }
  });

  it("functionZipPath returns the package's zip file", async () => {
    expect((await readFile(functionZipPath())).subarray(0, 2).toString()).toBe('PK');
  });
});
