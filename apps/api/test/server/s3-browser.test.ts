import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { findBrowser } from '@defrag/browser';
import { objectKey } from '@defrag/core';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createS3Store } from '../../src/store/s3/index.ts';
import type { CorsRule } from '../support/s3/cors.ts';
import { documentedCorsRule } from '../support/s3/documented-cors.ts';
import { startS3Server } from '../support/s3/s3-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { demoEventId, openTestServices } from '../support/test-services.ts';
import { readyVideo } from './support/ready-video.ts';
import { PUBLIC_BASE_URL, startServer } from './support/test-server.ts';

const CREDENTIALS = { accessKeyId: 'owner', secretAccessKey: 'the secret of the owner' };

/** Fetches a range, and one with a condition, as a player does. Returns what the page could read. */
const fetchAsPage = async (url: string) => {
  const see = async (headers: Record<string, string>) => {
    try {
      const answer = await fetch(url, { headers });
      return `${answer.status} ${await answer.text()} ${answer.headers.get('content-range')}`;
    } catch (error) {
      return (error as Error).name;
    }
  };
  return [await see({ range: 'bytes=2-4' }), await see({ range: 'bytes=2-4', 'if-range': '"another"' })];
};
const SEEN = ['206 234 bytes 2-4/10', '200 0123456789 null'];

let browser: Browser;
let elsewhere: Server;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: await findBrowser(), args: ['--no-sandbox'] });
  elsewhere = createServer((_request, response) => {
    response
      .setHeader('content-type', 'text/html')
      .end('<!doctype html><title>A page of the product</title>');
  });
  await new Promise<void>((resolve) => void elsewhere.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  await browser?.close();
  elsewhere?.close();
});

/** Starts a server over a private bucket with a video of ten digits, and a page for the admin. */
async function serve(cors: CorsRule) {
  const s3 = await startS3Server({ buckets: { videos: {} }, credentials: [CREDENTIALS], cors });
  const { endpoint } = s3;
  const store = createS3Store({ endpoint, bucket: 'videos', ...CREDENTIALS, apiBaseUrl: PUBLIC_BASE_URL });
  const services = await openTestServices({ tries: 1, store });
  const adminDir = join(await temporaryFolder(), 'admin');
  await mkdir(adminDir);
  await writeFile(join(adminDir, 'index.html'), '<!doctype html><title>Admin</title>');
  const { app, url } = await startServer(services, { videosDir: undefined, adminDir });
  onTestFinished(async () => {
    await app.close();
    await services.close();
    await s3.close();
  });
  const { hash } = await readyVideo(services, demoEventId(1), Buffer.from('0123456789'));
  return { s3, url, videoUrl: `${url}/${objectKey(hash)}` };
}

/** What a script on a page can read of a video. */
async function seenFrom(page: string, videoUrl: string): Promise<string[]> {
  const tab = await browser.newPage();
  onTestFinished(() => tab.close());
  await tab.goto(page);
  return tab.evaluate(fetchAsPage, videoUrl);
}

const productPage = () => `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/`;

describe('a page in a real browser that loads a video from a private bucket', () => {
  it('can read ranges from another origin with the CORS rule in docs/store.md', async () => {
    const { s3, videoUrl } = await serve(await documentedCorsRule());
    expect(await seenFrom(productPage(), videoUrl)).toEqual(SEEN);
    // The redirect goes from one foreign origin to another, so the browser sends `Origin: null`.
    const origins = s3.requests
      .filter(({ method, headers }) => method === 'GET' && headers['authorization'] === undefined)
      .map(({ headers }) => headers['origin']);
    expect(origins).toEqual(['null', 'null']);
  });

  it('can read nothing from another origin when the CORS rule allows only that origin', async () => {
    const { origin } = new URL(productPage());
    const { videoUrl } = await serve({ ...(await documentedCorsRule()), allowedOrigins: [origin] });
    expect(await seenFrom(productPage(), videoUrl)).toEqual(['TypeError', 'TypeError']);
  });

  it('can read ranges as the admin page, whose content security policy allows the bucket', async () => {
    const { url, videoUrl } = await serve(await documentedCorsRule());
    expect(await seenFrom(`${url}/admin/`, videoUrl)).toEqual(SEEN);
  });
});
