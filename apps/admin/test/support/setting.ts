import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { type AdminServer, startAdminServer } from './admin-server.ts';
import { launchBrowser, openPage, type SignedIn, signIn, type WatchedPage } from './browser.ts';

/** What the tests of a group stand on: a server with the admin app, and a browser that has signed in to it. */
export interface Setting {
  readonly server: AdminServer;
  readonly browser: Browser;
  readonly storageState: SignedIn;
  /**
   * Opens a page of its own context, signed in unless the options say otherwise.
   *
   * @param path path below the admin app, such as `/events`
   */
  open(path: string, options?: BrowserContextOptions): Promise<WatchedPage>;
}

/**
 * Sets server and browser up before the tests of the group that this is called in, and ends them after it. What it returns may be
 * read from then on.
 *
 * @param env variables of the server's environment. (Default: none)
 */
export function setUpAdmin(env: Record<string, string> = {}): Setting {
  let server: AdminServer;
  let browser: Browser;
  let storageState: SignedIn;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startAdminServer(env), launchBrowser()]);
    storageState = await signIn(browser, server);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });
  return {
    get server() {
      return server;
    },
    get browser() {
      return browser;
    },
    get storageState() {
      return storageState;
    },
    open: (path, options = {}) => openPage(browser, server, path, { storageState, ...options }),
  };
}
