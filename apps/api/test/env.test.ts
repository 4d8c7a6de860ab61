import { describe, expect, it } from 'vitest';
import { bucketOf, lambdaSettingsOf, readEnv } from '../src/env.ts';

const BUCKET = {
  R2_ENDPOINT: 'https://account.r2.cloudflarestorage.com',
  R2_ACCESS_KEY_ID: 'key id',
  R2_SECRET_ACCESS_KEY: 'a secret value',
  R2_BUCKET: 'videos-1',
};
const NAMES = Object.keys(BUCKET);

/** The variables that the error of `readEnv` names, and its message. */
function wrongVariables(env: Record<string, string>) {
  try {
    readEnv(env);
  } catch (error) {
    const { message } = error as Error;
    return { names: [...message.matchAll(/^ {2}(\w+): /gm)].map((match) => match[1]), message };
  }
  return { names: [], message: '' };
}

describe('bucketOf', () => {
  it('is undefined when all R2 variables are unset or blank', () => {
    expect(bucketOf(readEnv({}))).toBeUndefined();
    expect(bucketOf(readEnv(Object.fromEntries(NAMES.map((name) => [name, ' ']))))).toBeUndefined();
  });

  it('returns the bucket of the four R2 variables, with or without a public URL', () => {
    const settings = {
      endpoint: BUCKET.R2_ENDPOINT,
      bucket: 'videos-1',
      accessKeyId: 'key id',
      secretAccessKey: 'a secret value',
    };
    expect(bucketOf(readEnv(BUCKET))).toEqual({ ...settings, publicBaseUrl: undefined });
    const publicBaseUrl = 'https://videos.example.com/below';
    expect(bucketOf(readEnv({ ...BUCKET, R2_PUBLIC_BASE_URL: publicBaseUrl }))).toEqual({
      ...settings,
      publicBaseUrl,
    });
  });

  it.each([...NAMES, 'R2_PUBLIC_BASE_URL'])('names the other variables when only %s is set', (name) => {
    const env = { [name]: { ...BUCKET, R2_PUBLIC_BASE_URL: 'https://a.example' }[name] ?? '' };
    const { names, message } = wrongVariables(env);
    expect(names).toEqual(NAMES.filter((each) => each !== name));
    expect(message).not.toContain(Object.values(env)[0]);
  });

  it.each(NAMES)('names %s when it is missing', (name) => {
    expect(wrongVariables({ ...BUCKET, [name]: '' }).names).toEqual([name]);
  });

  it('names missing variables together with other invalid ones', () => {
    const { R2_BUCKET: _bucket, ...rest } = BUCKET;
    const { names } = wrongVariables({ ...rest, PORT: 'x', NODE_ENV: 'production' });
    expect(names.toSorted()).toEqual(['DEFRAG_ADMIN_KEY', 'PORT', 'R2_BUCKET']);
  });

  it.each([
    ['R2_ENDPOINT', 'account.r2.cloudflarestorage.com', 'must be an http or https URL'],
    ['R2_ENDPOINT', 'ftp://account.r2.cloudflarestorage.com', 'must be an http or https URL'],
    ['R2_ENDPOINT', 'https://account.r2.cloudflarestorage.com/videos', 'must have no path'],
    ['R2_ENDPOINT', 'https://user:password@host', 'must have no user'],
    ['R2_BUCKET', 'Videos', 'must be the name of a bucket'],
    ['R2_BUCKET', 'a/b', 'must be the name of a bucket'],
    ['R2_BUCKET', 'zz', 'must be the name of a bucket'],
    ['R2_PUBLIC_BASE_URL', 'https://videos.example.com?a=b', 'must have no user, query or fragment'],
  ])('refuses %s=%s', (name, value, sentence) => {
    const { names, message } = wrongVariables({ ...BUCKET, [name]: value });
    expect(new Set(names)).toEqual(new Set([name]));
    expect(message).toContain(sentence);
    expect(message).not.toContain(value);
  });
});

describe('lambdaSettingsOf', () => {
  const LAMBDA = {
    REMOTION_AWS_ACCESS_KEY_ID: 'aws key id',
    REMOTION_AWS_SECRET_ACCESS_KEY: 'a secret of aws',
    REMOTION_AWS_REGION: 'eu-central-1',
    REMOTION_AWS_FUNCTION_NAME: 'remotion-render-4-0-527-mem2048mb-disk2048mb-120sec',
    REMOTION_AWS_SERVE_URL: 'https://bucket.s3.eu-central-1.amazonaws.com/sites/v1/index.html',
    REMOTION_AWS_BUCKET: 'remotionlambda-eucentral1-abc',
    REMOTION_AWS_WEBHOOK_SECRET: 'a secret of webhooks',
  };
  const ALL = { RENDER_ENGINE: 'lambda', ...LAMBDA, ...BUCKET };

  it('returns the settings from the AWS variables and the video bucket', () => {
    expect(lambdaSettingsOf(readEnv(ALL), 'https://api.example/webhook')).toEqual({
      region: 'eu-central-1',
      functionName: LAMBDA.REMOTION_AWS_FUNCTION_NAME,
      serveUrl: LAMBDA.REMOTION_AWS_SERVE_URL,
      bucket: LAMBDA.REMOTION_AWS_BUCKET,
      framesPerLambda: 20,
      concurrency: 1_000,
      webhook: { url: 'https://api.example/webhook', secret: LAMBDA.REMOTION_AWS_WEBHOOK_SECRET },
      output: expect.objectContaining({ bucket: 'videos-1', endpoint: BUCKET.R2_ENDPOINT }),
    });
    expect(lambdaSettingsOf(readEnv({ ...ALL, RENDER_ENGINE: 'embedded' }), '')).toBeUndefined();
  });

  it('names all missing variables at once, including the bucket, without values', () => {
    const { names, message } = wrongVariables({ RENDER_ENGINE: 'lambda' });
    expect(names.toSorted()).toEqual([...NAMES, ...Object.keys(LAMBDA)].toSorted());
    expect(message).toContain('must be set for RENDER_ENGINE=lambda, which writes into the bucket itself');
  });

  it.each(Object.keys(LAMBDA))('names %s when it is missing', (name) => {
    expect(wrongVariables({ ...ALL, [name]: '' }).names).toEqual([name]);
  });

  it.each([
    ['REMOTION_AWS_FUNCTION_NAME', 'my-function', 'must be the name of a function of Remotion'],
    ['REMOTION_AWS_REGION', 'Frankfurt', 'must be a region of AWS'],
    ['REMOTION_AWS_BUCKET', 'videos', "must be a bucket of Remotion's"],
    ['REMOTION_AWS_SERVE_URL', 'my-site', 'must be an http or https URL'],
    ['REMOTION_AWS_WEBHOOK_SECRET', 'short', 'must have at least 16 characters'],
    ['REMOTION_AWS_CONCURRENCY', '2', 'must be a whole number 3..100000'],
    ['REMOTION_AWS_FRAMES_PER_LAMBDA', '4', 'must be a whole number 5..300'],
    [
      'RENDER_TIMEOUT_SECONDS',
      '179',
      'must be at least 60 more than the seconds in REMOTION_AWS_FUNCTION_NAME',
    ],
  ])('refuses %s=%s', (name, value, sentence) => {
    const { names, message } = wrongVariables({ ...ALL, [name]: value });
    expect(new Set(names)).toEqual(new Set([name]));
    expect(message).toContain(sentence);
  });
});
