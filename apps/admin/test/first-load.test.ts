import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AdminServer, startAdminServer } from './support/admin-server.ts';
import { launchBrowser, openPage, type SignedIn, signIn } from './support/browser.ts';

const ASSETS = fileURLToPath(new URL('../dist/assets/', import.meta.url));

/** Bytes of JavaScript, compressed with gzip, that a first visit may load. */
const BUDGET_BYTES = 250_000;

/** What belongs to pages that show a motion or a chart, and to no other. */
const HEAVY = /canvaskit|motion-player|chart/i;

describe('a first visit', () => {
  let server: AdminServer;
  let browser: Browser;
  let storageState: SignedIn;
  beforeAll(async () => {
    [server, browser] = await Promise.all([startAdminServer(), launchBrowser()]);
    storageState = await signIn(browser, server);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  /** Names of the scripts that a page has loaded when the network is quiet. */
  async function scriptsOf(path: string, heading: string, options = {}): Promise<string[]> {
    const { page } = await openPage(browser, server, path, options);
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    const addresses = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => new URL(name).pathname)
        .filter((path) => path.endsWith('.js')),
    );
    await page.context().close();
    return [...new Set(addresses)]
      .map((address) => basename(address))
      .filter((name) => name !== 'color-scheme.js');
  }

  async function compressedBytes(scripts: string[]): Promise<number> {
    const files = await Promise.all(scripts.map((name) => readFile(`${ASSETS}${name}`)));
    return files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
  }

  it.each([
    ['the sign-in', '/sign-in', 'Sign in', false],
    ['the friction events', '/events', 'Friction events', true],
  ])(`of %s loads at most ${BUDGET_BYTES / 1_000} kB of JavaScript`, async (_, path, heading, isSignedIn) => {
    const scripts = await scriptsOf(path, heading, isSignedIn ? { storageState } : {});
    expect(scripts.filter((name) => HEAVY.test(name))).toEqual([]);
    expect(await compressedBytes(scripts)).toBeLessThanOrEqual(BUDGET_BYTES);
  });

  it('gets its scripts compressed', async () => {
    const page = await (await fetch(`${server.adminUrl}/`, { headers: { accept: 'text/html' } })).text();
    const [, script = ''] = /src="([^"]+assets[^"]+\.js)"/.exec(page) ?? [];
    const response = await fetch(`${server.url}${script}`, { headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers.get('content-encoding')).toBe('gzip');
  });
});
