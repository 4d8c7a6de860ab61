import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations, sidewaysOverflow } from './support/accessibility.ts';
import { type AdminServer, startAdminServer } from './support/admin-server.ts';
import { launchBrowser, openPage, type SignedIn, signIn } from './support/browser.ts';
import { demoEventId, renderDemoVideo } from './support/demo-events.ts';
import { differenceSaid } from './support/event-page.ts';

const EVENT_NUMBER = 8;
const EVENT = demoEventId(EVENT_NUMBER);

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

describe('a render that nobody takes up', () => {
  let server: AdminServer;
  let storageState: SignedIn;
  beforeAll(async () => {
    server = await startAdminServer({ INLINE_WORKER: 'false' });
    storageState = await signIn(browser, server);
  });
  afterAll(() => server?.stop());

  it('waits, and is cancelled from the page; it can be asked for again then', async () => {
    const { page, errors } = await openPage(browser, server, `/events/${EVENT}`, { storageState });
    await page.getByRole('button', { name: 'Render it now' }).click();
    await page.getByText('Waiting for a worker.').waitFor();
    await page.getByTestId('render-progress').getByText('0 / 180').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel render' }).click();
    await page.getByText('The last render was cancelled.').waitFor();
    await page.getByText(/^The video of event \S+ was cancelled$/).waitFor();
    await page.getByRole('row', { name: /CANCELLED First/ }).waitFor();
    await page.getByRole('button', { name: 'Render', exact: true }).waitFor();
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('is followed again after its stream was lost, which is said meanwhile', async () => {
    const { page } = await openPage(browser, server, `/events/${EVENT}?duration_ms=2000`, { storageState });
    let isOut = true;
    await page.route('**/trpc/admin.videos.progress**', (route) =>
      isOut ? route.fulfill({ status: 502 }) : route.continue(),
    );
    await page.getByRole('button', { name: 'Render it now' }).click();
    await page.getByText('The connection is lost. Connecting again.').waitFor();
    isOut = false;
    await page.getByText('Waiting for a worker.').waitFor();
    await page.context().close();
  });

  it('leads to the sign-in when its stream is refused because the session has ended', async () => {
    const { page } = await openPage(browser, server, `/events/${EVENT}?duration_ms=3000`, { storageState });
    await page.route('**/trpc/admin.videos.progress**', async (route) => {
      await page.context().clearCookies();
      const { cookie: _, ...headers } = route.request().headers();
      await route.continue({ headers });
    });
    await page.getByRole('button', { name: 'Render it now' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.context().close();
  });
});

describe('a render that fails', () => {
  let server: AdminServer;
  let storageState: SignedIn;
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'defrag-admin-store-'));
    server = await startAdminServer({
      DATA_DIR: dataDir,
      DEFRAG_ADMIN_KEY: 'the key of a test with a broken store',
      RENDER_TRIES: '1',
    });
    storageState = await signIn(browser, server);
  });
  afterAll(async () => {
    await server?.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('says why, with the code, and succeeds when it is repeated after the cause is gone', async () => {
    const store = join(dataDir, 'store');
    await rename(store, `${store}-away`);
    await writeFile(store, 'no folder');
    const viewport = { width: 360, height: 800 };
    const { page, errors } = await openPage(browser, server, `/events/${EVENT}?duration_ms=1000`, {
      storageState,
      viewport,
    });
    await page.getByRole('button', { name: 'Render', exact: true }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'The render failed' });
    await alert.getByText('STORE_UNAVAILABLE · 1 try').waitFor();
    await page.getByRole('row', { name: /FAILED First 1/ }).waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(await sidewaysOverflow(page)).toBe(0);

    await rm(store);
    await rename(`${store}-away`, store);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('video[data-status="settled"]').waitFor();
    await page.getByRole('row', { name: /SUCCEEDED First 1/ }).waitFor();
    expect(await alert.count()).toBe(0);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

describe('a video of another origin', () => {
  let server: AdminServer;
  let storageState: SignedIn;
  beforeAll(async () => {
    const port = await freePort();
    // The page is at 127.0.0.1, so this is another origin to the browser.
    server = await startAdminServer({ PORT: String(port), PUBLIC_BASE_URL: `http://localhost:${port}` });
    storageState = await signIn(browser, server);
    await renderDemoVideo(server, EVENT_NUMBER, { duration_ms: 1_000 });
  });
  afterAll(() => server?.stop());

  it('is compared where its server lets the page read it', async () => {
    const { page, errors } = await openPage(browser, server, `/events/${EVENT}?duration_ms=1000`, {
      storageState,
    });
    await page.getByRole('switch', { name: 'Show the difference' }).check();
    await differenceSaid(page, 0);
    expect(await page.locator('video').getAttribute('src')).toMatch(/^http:\/\/localhost:/);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('can be watched but not compared where its server does not, and the page says what is missing', async () => {
    const { page } = await openPage(browser, server, '/system', { storageState });
    await page.route('http://localhost:*/videos/**', async (route) => {
      const response = await route.fetch();
      // Playwright lets every page read an answer without this header.
      const headers = { ...response.headers(), 'access-control-allow-origin': 'http://elsewhere.example' };
      await route.fulfill({ response, headers });
    });
    await page.goto(`${server.adminUrl}/events/${EVENT}?duration_ms=1000`);
    await page.getByText('The server of the video does not let this page read its pixels.').waitFor();
    await page.locator('video[data-status="settled"]').waitFor();
    expect(await page.getByRole('switch', { name: 'Show the difference' }).isDisabled()).toBe(true);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.context().close();
  });
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => {
    probe.listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no free port');
  return address.port;
}
