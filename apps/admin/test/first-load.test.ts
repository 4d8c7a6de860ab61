import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { SIGNED_OUT, type SignedIn } from './support/browser.ts';
import { setUpAdmin } from './support/setting.ts';

const ASSETS = fileURLToPath(new URL('../dist/assets', import.meta.url));

/** Bytes of JavaScript, compressed with gzip, that a first visit may load. */
const BUDGET_BYTES = 250_000;

/** What belongs to pages that show a motion or a chart, and to no other. */
const HEAVY = /canvaskit|motion-player|chart/i;

describe('a first visit', () => {
  const setting = setUpAdmin();

  /** Names of the scripts that a page has loaded when the network is quiet. */
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
    const scripts = await scriptsOf(path, heading, isSignedIn ? setting.storageState : SIGNED_OUT);
    expect(scripts.filter((name) => HEAVY.test(name))).toEqual([]);
    expect(await compressedBytes(scripts)).toBeLessThanOrEqual(BUDGET_BYTES);
  });

  it('gets its scripts compressed', async () => {
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
