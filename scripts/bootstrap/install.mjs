import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireDiskSpace } from './disk-space.mjs';
import { explainInstallFailure } from './install-failure.mjs';
import { startProgress } from './progress.mjs';
import { runChild } from './run-child.mjs';
import { SetUpError } from './set-up-error.mjs';
import { isInstalled, writeStamp } from './stamp.mjs';
import { ROOT, readManifest } from './workspace.mjs';

/** Free bytes that a first installation needs: 0.8 GB of packages and 0.3 GB of caches, measured, and some room. */
const NEEDED_BYTES = 1_500_000_000;

const LOG_FILE = 'node_modules/.defrag-install.log';

/**
 * Installs what the lockfile names, unless the last installation was of exactly that.
 *
 * @throws {SetUpError}
 */
export async function installDependencies() {
  if (isInstalled()) return;
  requireWritable(ROOT);
  requireDiskSpace(ROOT, NEEDED_BYTES);

  const progress = startProgress('Installing dependencies');
  const { exitCode, output, packages } = await runPnpm(progress);
  mkdirSync(join(ROOT, 'node_modules'), { recursive: true });
  writeFileSync(join(ROOT, LOG_FILE), output);
  if (exitCode !== 0) {
    progress.failed();
    throw new SetUpError(explainInstallFailure(output, ROOT, LOG_FILE));
  }
  writeStamp();
  progress.done(packages === 0 ? 'Dependencies are up to date' : `Installed ${packages} packages`);
}

/** @param {string} folder */
function requireWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    throw new SetUpError(`Cannot write to ${folder}: the set-up installs its packages there.`);
  }
}

/**
 * @param {{ detail(text: string): void }} progress
 * @returns {Promise<{ exitCode: number, output: string, packages: number }>}
 */
async function runPnpm(progress) {
  let output = '';
  const counts = { resolved: 0, imported: 0 };
  const pnpm = String(readManifest('.')['packageManager']);
  const exitCode = await runChild(
    'npx',
    ['--yes', pnpm, 'install', '--frozen-lockfile', '--reporter=ndjson'],
    {
      env: installEnvironment(),
      onLine: (line) => {
        const event = parseEvent(line);
        if (event === undefined) output += `${line}\n`;
        else if (event.name === 'pnpm:progress' && event.status in counts) {
          counts[/** @type {keyof typeof counts} */ (event.status)] += 1;
          progress.detail(`: ${counts.imported} of ${counts.resolved} packages`);
        } else if (event.level !== 'debug') output += `${event.code ?? event.level}: ${event.message}\n`;
        else if (event.name === 'pnpm:lifecycle' && event.line !== undefined)
          output += `${event.depPath}: ${event.line}\n`;
      },
    },
  );
  return { exitCode, output, packages: counts.imported };
}

/** @param {string} line */
function parseEvent(line) {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function installEnvironment() {
  // NODE_ENV=production would leave out the packages that a build needs.
  const { NODE_ENV: _nodeEnv, ...environment } = process.env;
  return {
    ...environment,
    npm_config_update_notifier: 'false',
    // Two more tries within seconds; by default a machine without network waits more than a minute for its error.
    npm_config_fetch_retry_mintimeout: '1000',
    npm_config_fetch_retry_maxtimeout: '5000',
    pnpm_config_fetch_retry_mintimeout: '1000',
    pnpm_config_fetch_retry_maxtimeout: '5000',
  };
}
