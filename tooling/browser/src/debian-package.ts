import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Packages with a Chromium, the smallest first: the headless shell is of Debian 12 and later. */
const PACKAGES = ['chromium-headless-shell', 'chromium'];

/** Longest time in milliseconds for one call of apt-get. */
const APT_TIMEOUT_MS = 300_000;

/** Whether packages can be installed here without asking anybody: Debian or one of its kin, as root. */
export function canInstallPackages(): boolean {
  return existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
}

/**
 * Installs Debian's Chromium.
 *
 * @throws when no package can be installed; the message is that of apt-get
 */
export async function installDebianBrowser(): Promise<void> {
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: APT_TIMEOUT_MS,
    maxBuffer: 64 * 1024 * 1024,
  };
  await execute('apt-get', ['update'], options);
  let lastError: unknown;
  for (const name of PACKAGES) {
    try {
      await execute('apt-get', ['install', '--yes', '--no-install-recommends', name], options);
      return;
    } catch (error) {
      lastError = error;
    }
  }
  throw lastError;
}
