import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireDiskSpace } from './disk-space.mjs';
import { explainInstallFailure } from './install-failure.mjs';
import { PNPM } from './pnpm.mjs';
import { startProgress } from './progress.mjs';
import { runChild } from './run-child.mjs';
import { SetUpError } from './set-up-error.mjs';
import { isInstalled, writeStamp } from './stamp.mjs';
import { ROOT } from './workspace.mjs';

/** Free bytes that a first installation needs: 0.8 GB of packages and 0.3 GB of caches, measured, and some room. */
const NEEDED_BYTES = 1_500_000_000;

/** Requests that may fail at their last try before the network is given up, as long as no package has arrived. */
const LOST_REQUESTS = 5;

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
  if (exitCode !== 0) {
    progress.failed();
    saveLog(output);
    throw new SetUpError(explainInstallFailure(output, ROOT, LOG_FILE));
  }
  writeStamp();
  progress.done(packages === 0 ? 'Dependencies are up to date' : `Installed ${packages} packages`);
}

/** @param {string} output */
function saveLog(output) {
  try {
    mkdirSync(join(ROOT, 'node_modules'), { recursive: true });
    writeFileSync(join(ROOT, LOG_FILE), output);
  } catch {
    // The disk may be full, which the explanation says.
  }
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
  let lostRequests = 0;
  const counts = { resolved: 0, imported: 0 };
  const giveUp = new AbortController();
  const onEvent = (/** @type {Record<string, any>} */ event) => {
    if (event['name'] === 'pnpm:progress' && event['status'] in counts) {
      counts[/** @type {keyof typeof counts} */ (event['status'])] += 1;
      progress.detail(`: ${counts.imported} of ${counts.resolved} packages`);
    } else if (event['name'] === 'pnpm:request-retry') {
      output += `${event['error']?.message}\n`;
      // Left alone it would go on to ask for each of the other packages.
      if (event['attempt'] >= event['maxRetries']) lostRequests += 1;
      if (lostRequests >= LOST_REQUESTS && counts.imported === 0) giveUp.abort();
    } else if (event['name'] === 'pnpm:lifecycle' && event['line'] !== undefined) {
      output += `${event['depPath']}: ${event['line']}\n`;
    } else if (event['level'] !== 'debug') {
      output += `${event['code'] ?? event['level']}: ${event['message']}\n`;
    }
  };
  const exitCode = await runChild('npx', pnpmCommand(), {
    env: installEnvironment(),
    signal: giveUp.signal,
    onLine: (line) => {
      const event = parseEvent(line);
      if (event === undefined) output += `${line}\n`;
      else onEvent(event);
    },
  });
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

/** Two more tries within seconds: by default a machine without network waits for minutes until it is told. */
const RETRIES = { 'fetch-retry-mintimeout': '1000', 'fetch-retry-maxtimeout': '5000' };

/** Arguments for npx. */
function pnpmCommand() {
  return [
    '--yes',
    PNPM,
    'install',
    '--frozen-lockfile',
    '--reporter=ndjson',
    ...Object.entries(RETRIES).map(([setting, value]) => `--config.${setting}=${value}`),
  ];
}

function installEnvironment() {
  // NODE_ENV=production would leave out the packages that a build needs.
  const { NODE_ENV: _nodeEnv, ...environment } = process.env;
  const retries = Object.entries(RETRIES).map(([setting, value]) => [
    `npm_config_${setting.replaceAll('-', '_')}`,
    value,
  ]);
  return { ...environment, npm_config_update_notifier: 'false', ...Object.fromEntries(retries) };
}
