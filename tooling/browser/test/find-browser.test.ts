import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BrowserNotFoundError, findBrowser } from '../src/index.ts';
import { downloadedBrowser } from '../src/playwright-download.ts';
import { runs } from '../src/runs.ts';

afterEach(() => vi.unstubAllEnvs());

describe('findBrowser', () => {
  it('finds a browser that runs a page', async () => {
    const executablePath = await findBrowser();
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      await page.setContent('<p id="sum"></p><script>document.all.sum.textContent = 40 + 2</script>');
      expect(await page.locator('#sum').textContent()).toBe('42');
    } finally {
      await browser.close();
    }
  });

  it('returns the browser of DEFRAG_BROWSER without looking for others', async () => {
    vi.stubEnv('DEFRAG_BROWSER', process.execPath);
    expect(await findBrowser()).toBe(process.execPath);
  });

  it('rejects a DEFRAG_BROWSER that does not start', async () => {
    vi.stubEnv('DEFRAG_BROWSER', '/no/such/browser');
    await expect(findBrowser()).rejects.toThrow(
      new BrowserNotFoundError('The browser /no/such/browser of DEFRAG_BROWSER does not start.'),
    );
  });
});

describe('downloadedBrowser', () => {
  it('finds the executable in nested folders, or returns undefined', () => {
    const folder = mkdtempSync(join(tmpdir(), 'defrag-browser-'));
    try {
      expect(downloadedBrowser(join(folder, 'missing'))).toBeUndefined();
      expect(downloadedBrowser(folder)).toBeUndefined();
      const deep = join(folder, 'chromium_headless_shell-1255', 'chrome-headless-shell-linux64');
      mkdirSync(deep, { recursive: true });
      writeFileSync(join(deep, 'chrome-headless-shell'), '');
      expect(downloadedBrowser(folder)).toBe(join(deep, 'chrome-headless-shell'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('runs', () => {
  it('returns false for a file that is not a program', async () => {
    const file = new URL('../package.json', import.meta.url).pathname;
    expect(existsSync(file)).toBe(true);
    expect(await runs(file)).toBe(false);
  });
});
