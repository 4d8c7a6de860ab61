import { canInstallPackages, installDebianBrowser } from './debian-package.ts';
import { installedBrowserPaths } from './installed-browsers.ts';
import { downloadBrowser, downloadedBrowser } from './playwright-download.ts';
import { runs } from './runs.ts';

/** No Chromium was found and none could be had. The message tells every way that was tried. */
export class BrowserNotFoundError extends Error {
  override readonly name = 'BrowserNotFoundError';
}

/**
 * Path of a Chromium (or Chrome, or Edge) that starts on this machine. The ways, in this order:
 *
 * 1. the environment variable `DEFRAG_BROWSER`, which must name one that starts;
 * 2. one that is installed;
 * 3. Playwright's download, kept in the project's `node_modules/.cache`;
 * 4. on Debian and its kin, as root, the package `chromium-headless-shell`.
 *
 * As root it needs `--no-sandbox`, as every Chromium does.
 *
 * @throws BrowserNotFoundError
 */
export async function findBrowser(): Promise<string> {
  const named = process.env['DEFRAG_BROWSER'];
  if (named) {
    if (await runs(named)) return named;
    throw new BrowserNotFoundError(`DEFRAG_BROWSER names ${named}, which does not start.`);
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
      failures.push(`${way}: the browser does not start, libraries are missing`);
    } catch (error) {
      failures.push(`${way}: ${reasonOf(error)}`);
    }
  }
  throw new BrowserNotFoundError(
    `No Chromium was found. Install one, or name it in DEFRAG_BROWSER. Tried: the usual places; ${failures.join('; ')}.`,
  );
}

/** What a failed program or function said of its failure, in one line. */
function reasonOf(error: unknown): string {
  const { stdout = '', stderr = '', message } = error as Error & { stdout?: string; stderr?: string };
  const lines = `${message}\n${stdout}\n${stderr}`.split('\n').map((line) => line.trim());
  return lines.find((line) => /^(?:E:|Error:)/.test(line)) ?? lines.find((line) => line !== '') ?? 'unknown';
}
