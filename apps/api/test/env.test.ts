import { describe, expect, it } from 'vitest';
import { bucketOf, readEnv } from '../src/env.ts';

const BUCKET = {
  R2_ENDPOINT: 'https://account.r2.cloudflarestorage.com',
  R2_ACCESS_KEY_ID: 'key id',
  R2_SECRET_ACCESS_KEY: 'a secret value',
  R2_BUCKET: 'videos-1',
};
const NAMES = Object.keys(BUCKET);

/** The variables that the error names, and its text. */
function wrongVariables(env: Record<string, string>) {
  try {
    readEnv(env);
  } catch (error) {
    const { message } = error as Error;
    return { names: [...message.matchAll(/^ {2}(\w+): /gm)].map((match) => match[1]), message };
  }
  return { names: [], message: '' };
}

describe('the bucket in the environment', () => {
  it('is none without its variables, also where they are blank', () => {
    expect(bucketOf(readEnv({}))).toBeUndefined();
    expect(bucketOf(readEnv(Object.fromEntries(NAMES.map((name) => [name, ' ']))))).toBeUndefined();
  });

  it('is the one that all four name, public or not', () => {
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

  it.each([...NAMES, 'R2_PUBLIC_BASE_URL'])('with %s alone names all that are missing', (name) => {
    const env = { [name]: { ...BUCKET, R2_PUBLIC_BASE_URL: 'https://a.example' }[name] ?? '' };
    const { names, message } = wrongVariables(env);
    expect(names).toEqual(NAMES.filter((each) => each !== name));
    expect(message).not.toContain(Object.values(env)[0]);
  });

  it.each(NAMES)('without %s names it', (name) => {
    expect(wrongVariables({ ...BUCKET, [name]: '' }).names).toEqual([name]);
  });

  it('names what is missing together with all else that is wrong', () => {
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
    ['R2_BUCKET', 'ab', 'must be the name of a bucket'],
    ['R2_PUBLIC_BASE_URL', 'https://videos.example.com?a=b', 'must have no user, query or fragment'],
  ])('refuses %s=%s', (name, value, sentence) => {
    const { names, message } = wrongVariables({ ...BUCKET, [name]: value });
    expect(new Set(names)).toEqual(new Set([name]));
    expect(message).toContain(sentence);
    expect(message).not.toContain(value);
  });
});
