import { findBrowser } from '@defrag/browser';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import type { AdminServer } from './admin-server.ts';

/** Milliseconds that a page may take on a busy machine. */
export const PATIENCE_MS = 30_000;

export const BROWSER_ARGUMENTS = ['--no-sandbox'];

/** Starts Chromium. */
export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: await findBrowser(), args: BROWSER_ARGUMENTS });
}

/** Cookies and storage of a browser. Sign in once per server: the API limits sign-ins to 10 per minute. */
export type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>;

export const SIGNED_OUT: SignedIn = { cookies: [], origins: [] };

/** Signs in over HTTP. */
export async function signIn(
  browser: Browser,
  server: Pick<AdminServer, 'url' | 'adminKey'>,
): Promise<SignedIn> {
  const context = await browser.newContext();
  const response = await context.request.post(`${server.url}/trpc/session.signIn`, {
    data: { admin_key: server.adminKey },
    headers: { origin: server.url },
  });
  if (!response.ok()) throw new Error(`sign-in failed: ${await response.text()}`);
  const state = await context.storageState();
  await context.close();
  return state;
}

/** Storage with the app's choice of a colour scheme. */
export function inScheme(
  state: SignedIn,
  server: Pick<AdminServer, 'url'>,
  scheme: 'dark' | 'light',
): SignedIn {
  const localStorage = [{ name: 'mantine-color-scheme-value', value: scheme }];
  return { ...state, origins: [{ origin: server.url, localStorage }] };
}

/** A page, and the exceptions and console errors in it so far. */
export interface WatchedPage {
  readonly page: Page;
  readonly errors: string[];
}

/**
 * Opens a page in its own context.
 *
 * @param path path below the admin app, such as `/events`
 */
export async function openPage(
  browser: Browser,
  server: Pick<AdminServer, 'adminUrl'>,
  path: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: 1_440, height: 900 },
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.goto(`${server.adminUrl}${path}`);
  return { page, errors };
}
