import { canInstallPackages, installDebianBrowser } from './debian-package.ts';
import { installedBrowserPaths } from './installed-browsers.ts';
import { downloadBrowser, downloadedBrowser } from './playwright-download.ts';
import { runs } from './runs.ts';

/** No Chromium was found or could be installed. The message lists everything that was tried. */
export class BrowserNotFoundError extends Error {
  override readonly name = 'BrowserNotFoundError';
}

/**
 * Path of a Chromium, Chrome or Edge that starts on this machine. It tries, in this order:
 *
 * 1. the environment variable `DEFRAG_BROWSER`;
 * 2. an installed browser;
 * 3. Playwright's download, in the project's `node_modules/.cache`;
 * 4. on Debian and its derivatives, as root, the package `chromium-headless-shell`.
 *
 * As root every Chromium needs `--no-sandbox`.
 *
 * @throws BrowserNotFoundError
 */
export async function findBrowser(): Promise<string> {
  const named = process.env['DEFRAG_BROWSER'];
  if (named) {
    if (await runs(named)) return named;
    throw new BrowserNotFoundError(`The browser ${named} of DEFRAG_BROWSER does not start.`);
  }
  return (
    (await installedBrowser()) ??
    (await usable(downloadedBrowser())) ??
    (await fetchBrowser([
      { way: "Playwright's download", fetch: downloadBrowser },
      ...(canInstallPackages() ? [{ way: 'apt-get install', fetch: debianBrowser }] : []),
    ]))
  );
}

async function installedBrowser(): Promise<string | undefined> {
  for (const path of installedBrowserPaths()) {
    if (await runs(path)) return path;
  }
  return undefined;
}

async function usable(path: string | undefined): Promise<string | undefined> {
  return path !== undefined && (await runs(path)) ? path : undefined;
}

async function debianBrowser(): Promise<string | undefined> {
  await installDebianBrowser();
  return installedBrowser();
}

async function fetchBrowser(
  ways: { way: string; fetch: () => Promise<string | undefined> }[],
): Promise<string> {
  const failures: string[] = [];
  for (const { way, fetch } of ways) {
    try {
      const browser = await usable(await fetch());
      if (browser !== undefined) return browser;
      failures.push(`${way}: the browser does not start (missing libraries?)`);
    } catch (error) {
      failures.push(`${way}: ${reasonOf(error)}`);
    }
  }
  throw new BrowserNotFoundError(
    `No Chromium was found. Install one, or set DEFRAG_BROWSER to its path. Tried: installed browsers; ${failures.join('; ')}.`,
  );
}

/** The most specific line of an error's message and output. */
function reasonOf(error: unknown): string {
  const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
  const lines = `${message}\n${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
  return lines.find((line) => /^(?:E:|Error:)/.test(line)) ?? lines.find((line) => line !== '') ?? 'unknown';
}
