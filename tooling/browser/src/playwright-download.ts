import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Enough for about 100 MB on a slow connection. */
const DOWNLOAD_TIMEOUT_MS = 300_000;

/** Inside the project, so that removing the project removes it. */
const DOWNLOAD_FOLDER = fileURLToPath(new URL('../../../node_modules/.cache/browsers', import.meta.url));

const EXECUTABLES = new Set(['chrome-headless-shell', 'headless_shell', 'chrome-headless-shell.exe']);

/** Path of the headless Chromium of an earlier download. */
export function downloadedBrowser(folder: string = DOWNLOAD_FOLDER): string | undefined {
  if (!existsSync(folder)) return undefined;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const executable = files.find((file) => file.isFile() && EXECUTABLES.has(file.name));
  return executable && join(executable.parentPath, executable.name);
}

/**
 * Downloads the headless Chromium of the installed version of Playwright.
 *
 * @returns its path
 * @throws Error of Playwright when the download fails
 */
export async function downloadBrowser(folder: string = DOWNLOAD_FOLDER): Promise<string> {
  const cli = join(dirname(fileURLToPath(import.meta.resolve('playwright-core/package.json'))), 'cli.js');
  await execute(process.execPath, [cli, 'install', '--only-shell', '--no-progress', 'chromium'], {
    env: { ...process.env, PLAYWRIGHT_BROWSERS_PATH: folder },
    timeout: DOWNLOAD_TIMEOUT_MS,
  });
  const browser = downloadedBrowser(folder);
  if (browser === undefined) throw new Error(`Playwright left no browser in ${folder}`);
  return browser;
}
