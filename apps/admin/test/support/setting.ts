import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { type AdminServer, startAdminServer } from './admin-server.ts';
import { openPage, type SignedIn, signIn, type WatchedPage } from './browser.ts';
import type { SharedAdmin } from './shared-admin.ts';

/** A server with the admin app, and a browser that is signed in to it. */
export interface Setting {
  readonly server: SharedAdmin['server'];
  readonly browser: Browser;
  readonly storageState: SignedIn;
  /**
   * Opens a page in its own context, signed in unless the options say otherwise. The context closes after the test.
   *
   * @param path path below the admin app, such as `/events`
   */
  open(path: string, options?: BrowserContextOptions): Promise<WatchedPage>;
}

/**
 * Uses the server that all test files share. Other files run at the same time: render only videos (event and
 * duration) that no other file uses, and do not break anything.
 */
export function setUpSharedAdmin(): Setting {
  const { server, storageState } = inject('admin');
  return setUpAdmin(async () => ({ server, storageState }));
}

/** Starts a server for one test file; for tests that list everything, break the store or need other settings. */
export function setUpOwnAdmin(env: Record<string, string> = {}): Setting {
  let own: AdminServer | undefined;
  afterAll(() => own?.stop());
  return setUpAdmin(async (browser) => {
    own = await startAdminServer(env);
    return { server: own, storageState: await signIn(browser, own) };
  });
}

function setUpAdmin(start: (browser: Browser) => Promise<Pick<Setting, 'server' | 'storageState'>>): Setting {
  let browser: Browser;
  let started: Pick<Setting, 'server' | 'storageState'>;
  beforeAll(async () => {
    browser = await chromium.connect(inject('admin').browser);
    started = await start(browser);
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  afterAll(() => browser?.close());
  return {
    get server() {
      return started.server;
    },
    get browser() {
      return browser;
    },
    get storageState() {
      return started.storageState;
    },
    open: (path, options = {}) =>
      openPage(browser, started.server, path, { storageState: started.storageState, ...options }),
  };
}
