import { join } from 'node:path';
import { projectEnvironment } from './hand-over.mjs';
import { providePnpm } from './pnpm.mjs';
import { startProgress } from './progress.mjs';
import { runChild } from './run-child.mjs';
import { SetUpError } from './set-up-error.mjs';
import { packageFolders, ROOT, readManifest } from './workspace.mjs';

/**
 * Builds the apps that have a build, and what they need; what is built already is left alone. The server itself needs none.
 *
 * @param {string} node path of the project's Node
 * @throws {SetUpError}
 */
export async function buildApps(node) {
  const apps = packageFolders().filter((folder) => folder.startsWith('apps/'));
  if (!apps.some((folder) => readManifest(folder).scripts?.['build'] !== undefined)) return;
  await providePnpm();
  const progress = startProgress('Building');
  const output = /** @type {string[]} */ ([]);
  const turbo = join(ROOT, 'node_modules/turbo/bin/turbo');
  const exitCode = await runChild(
    node,
    [turbo, 'run', 'build', '--filter=./apps/*', '--output-logs=errors-only'],
    {
      env: { ...projectEnvironment(), TURBO_TELEMETRY_DISABLED: '1' },
      onLine: (line) => output.push(line),
    },
  );
  if (exitCode !== 0) {
    progress.failed();
    throw new SetUpError(['The build failed:', ...output].join('\n'));
  }
  progress.done(output.some((line) => line.includes('FULL TURBO')) ? 'The build is up to date' : 'Built');
}
