import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SIGNED_OUT, type SignedIn } from '../support/browser.ts';
import { setUpSharedAdmin } from '../support/setting.ts';

const ASSETS = fileURLToPath(new URL('../../dist/assets/', import.meta.url));

/** Most bytes of gzipped JavaScript on a first visit. */
const BUDGET_BYTES = 250_000;

/** Code that only pages with a motion or a chart may load. */
const HEAVY = /canvaskit|motion-player|chart/i;

describe('a first visit', () => {
  const setting = setUpSharedAdmin();

  /** Names of the scripts that a page has loaded once the network is idle. */
  async function scriptsOf(path: string, heading: string, storageState: SignedIn): Promise<string[]> {
    const { page } = await setting.open(path, { storageState });
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    const addresses = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => new URL(name).pathname)
        .filter((path) => path.endsWith('.js')),
    );
    return [...new Set(addresses)]
      .map((address) => basename(address))
      .filter((name) => name !== 'color-scheme.js');
  }

  async function compressedBytes(scripts: string[]): Promise<number> {
    const files = await Promise.all(scripts.map((name) => readFile(`${ASSETS}${name}`)));
    return files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0);
  }

  it.each([
    ['the sign-in page', '/sign-in', 'Sign in', false],
    ['the event list', '/events', 'Friction events', true],
  ])(
    `to %s loads at most ${BUDGET_BYTES / 1_000} kB of JavaScript and no player or charts`,
    async (_, path, heading, isSignedIn) => {
      const scripts = await scriptsOf(path, heading, isSignedIn ? setting.storageState : SIGNED_OUT);
      expect(scripts.filter((name) => HEAVY.test(name))).toEqual([]);
      expect(await compressedBytes(scripts)).toBeLessThanOrEqual(BUDGET_BYTES);
    },
  );

  it('receives compressed scripts', async () => {
    const page = await (
      await fetch(`${setting.server.adminUrl}/`, { headers: { accept: 'text/html' } })
    ).text();
    const [, script = ''] = /src="([^"]+assets[^"]+\.js)"/.exec(page) ?? [];
    const response = await fetch(`${setting.server.url}${script}`, {
      headers: { 'accept-encoding': 'gzip' },
    });
    expect(response.headers.get('content-encoding')).toBe('gzip');
  });
});
