import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The smaller package first; Debian has it since version 12. */
const PACKAGES = ['chromium-headless-shell', 'chromium'];

/** For one call of apt-get. */
const APT_TIMEOUT_MS = 300_000;

/** Whether apt-get can install packages: on Debian and its derivatives, as root. */
export function canInstallPackages(): boolean {
  return existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
}

/**
 * Installs Debian's Chromium.
 *
 * @throws Error of apt-get when no package can be installed
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
