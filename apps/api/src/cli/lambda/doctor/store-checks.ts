import { objectKey } from '@defrag/core';
import type { VideoStore } from '../../../store/store.ts';
import { type Check, CheckFailure } from './check.ts';

/** Milliseconds that each answer of the bucket may take. */
const STORE_TIMEOUT_MS = 10_000;

/** A key of a video that nobody has; rules for other origins are the same for all keys. */
const NO_VIDEO = objectKey('0'.repeat(64));

/**
 * What is looked at of the bucket of the videos: whether it can be written and read, and whether pages of other origins may read it.
 *
 * @param origin of such a page, such as `https://app.example.com`
 */
export function storeChecks(store: VideoStore, origin: string): Check[] {
  return [
    {
      name: 'video bucket',
      async run() {
        if (store.kind !== 's3') {
          throw new CheckFailure(
            'R2_ENDPOINT, R2_ACCESS_KEY_ID, R2_SECRET_ACCESS_KEY and R2_BUCKET are not set',
            'Set them: the function writes videos into that bucket, and cannot write into a folder here.',
          );
        }
        await store.check(AbortSignal.timeout(STORE_TIMEOUT_MS));
        return 'written, read and deleted an object';
      },
    },
    {
      name: 'CORS',
      async run() {
        if (store.kind !== 's3') throw new CheckFailure('there is no bucket', 'Set the R2_ variables.');
        const url = await store.downloadUrlFor(NO_VIDEO, 'GET');
        await checkPreflight(url, origin);
        return `pages of ${origin} may read videos in ranges`;
      },
    },
  ];
}

const RULE = 'Set the CORS rule of docs/store.md on the bucket.';

async function checkPreflight(url: string, origin: string): Promise<void> {
  const { host } = new URL(url);
  let answer: Response;
  try {
    answer = await fetch(url, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'range' },
      signal: AbortSignal.timeout(STORE_TIMEOUT_MS),
    });
    await answer.body?.cancel();
  } catch {
    throw new CheckFailure(
      `${host} is out of reach`,
      'Check R2_PUBLIC_BASE_URL, or R2_ENDPOINT where it is unset.',
    );
  }
  const allowed = (name: string) => (answer.headers.get(name) ?? '').toLowerCase();
  if (!answer.ok || !['*', origin.toLowerCase()].includes(allowed('access-control-allow-origin'))) {
    throw new CheckFailure(`${host} does not let pages of ${origin} read videos`, RULE);
  }
  for (const [header, needed] of [
    ['access-control-allow-methods', 'get'],
    ['access-control-allow-headers', 'range'],
  ] as const) {
    const values = allowed(header)
      .split(',')
      .map((value) => value.trim());
    if (!values.includes(needed) && !values.includes('*')) {
      throw new CheckFailure(`${host} does not allow ${needed.toUpperCase()} from pages of ${origin}`, RULE);
    }
  }
}
