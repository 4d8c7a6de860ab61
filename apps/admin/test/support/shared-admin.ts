import { findBrowser } from '@defrag/browser';
import { type BrowserServer, chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { type AdminServer, startAdminServer } from './admin-server.ts';
import { BROWSER_ARGUMENTS, type SignedIn, signIn } from './browser.ts';

/** One server and one browser for all test files, because starting them takes longer than most tests. */
export interface SharedAdmin {
  readonly server: Omit<AdminServer, 'stop'>;
  /** Address of the browser's WebSocket. */
  readonly browser: string;
  readonly storageState: SignedIn;
}

declare module 'vitest' {
  interface ProvidedContext {
    admin: SharedAdmin;
  }
}

let server: AdminServer | undefined;
let browser: BrowserServer | undefined;

/** Vitest calls this before the first test file. */
export async function setup(project: TestProject): Promise<void> {
  [server, browser] = await Promise.all([
    startAdminServer({ RENDER_TRIES: '1' }),
    findBrowser().then((executablePath) =>
      chromium.launchServer({ executablePath, args: BROWSER_ARGUMENTS }),
    ),
  ]);
  const { stop: _, ...shared } = server;
  const client = await chromium.connect(browser.wsEndpoint());
  const storageState = await signIn(client, server);
  await client.close();
  project.provide('admin', { server: shared, browser: browser.wsEndpoint(), storageState });
}

/** Vitest calls this after the last test file. */
export async function teardown(): Promise<void> {
  await browser?.close();
  await server?.stop();
}
