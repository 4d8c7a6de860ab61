import { findBrowser } from '@defrag/browser';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import type { AdminServer } from './admin-server.ts';

/** For a machine that has much else to do. */
export const PATIENCE_MS = 30_000;

/** Starts Chromium. */
export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: await findBrowser(), args: ['--no-sandbox'] });
}

/** The cookies and the storage of a browser. One that has signed in is asked for once for each server: sign-ins are limited. */
export type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>;

/** The state of a browser that was never here. */
export const SIGNED_OUT: SignedIn = { cookies: [], origins: [] };

/** Signs in over HTTP. */
export async function signIn(browser: Browser, server: AdminServer): Promise<SignedIn> {
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

/** The state of a browser in which a colour scheme was chosen, the way that the app keeps it. */
export function inScheme(state: SignedIn, server: AdminServer, scheme: 'dark' | 'light'): SignedIn {
  const localStorage = [{ name: 'mantine-color-scheme-value', value: scheme }];
  return { ...state, origins: [{ origin: server.url, localStorage }] };
}

/** A page, and everything that went wrong in it so far: exceptions and errors on its console. */
export interface WatchedPage {
  readonly page: Page;
  readonly errors: string[];
}

/**
 * Opens a page of its own context.
 *
 * @param path path below the admin app, such as `/events`
 */
export async function openPage(
  browser: Browser,
  server: AdminServer,
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

/**
 * How far the parts of a page moved by themselves since it was opened, as the web vital "cumulative layout shift" counts it;
 * what moved in answer to the visitor is left out.
 */
export async function layoutShift(page: Page): Promise<number> {
  return await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const shifts = list.getEntries() as (PerformanceEntry & {
            value: number;
            hadRecentInput: boolean;
          })[];
          resolve(shifts.reduce((sum, { value, hadRecentInput }) => sum + (hadRecentInput ? 0 : value), 0));
        }).observe({ type: 'layout-shift', buffered: true });
        // An observer is not called where there was nothing.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(0)));
      }),
  );
}
