// Runs every check of the project, and ends with one line that counts the tests: what `npm test` does after the set-up.
// Arguments go to `turbo run test`: `npm test -- --force` runs again what has not changed since it passed.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BrowserNotFoundError, findBrowser } from '@defrag/browser';
import { BIN, packageFolders, projectEnvironment, ROOT, readManifest } from './bootstrap/workspace.mjs';
import { countedLine, countTests, removeReports } from './test-run/reports.ts';
import { TestLog } from './test-run/test-log.ts';

const REPORTS = join(ROOT, '.reports');

let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    interrupted = true;
  });
}

const packages = packageFolders()
  .filter((folder) => folder !== '.' && readManifest(folder).scripts?.['test'] !== undefined)
  .map((folder) => ({ name: readManifest(folder).name, folder: join(ROOT, folder) }));

rmSync(REPORTS, { recursive: true, force: true });
removeReports(packages);
const log = new TestLog(join(REPORTS, 'test-output.log'));

const turbo = [join(ROOT, 'node_modules/turbo/bin/turbo'), 'run'];
const stream = ['--continue', '--ui=stream', '--output-logs=new-only'];
const stages = [
  { name: 'lint', command: [join(BIN, 'biome'), 'check', '--error-on-warnings', '.'] },
  { name: 'types', command: [process.execPath, ...turbo, 'typecheck', ...stream] },
  { name: 'docstrings', command: [process.execPath, 'scripts/check-docstrings.ts'] },
  // One package at a time: tests that measure time or memory want the machine for themselves.
  {
    name: 'tests',
    command: [process.execPath, ...turbo, 'test', ...stream, '--concurrency=1', ...process.argv.slice(2)],
  },
  { name: 'logs', command: [process.execPath, 'scripts/check-logs.ts'] },
];

const env: NodeJS.ProcessEnv = {
  ...projectEnvironment(),
  TURBO_TELEMETRY_DISABLED: '1',
  ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
};
try {
  env['DEFRAG_BROWSER'] = await findBrowser();
} catch (error) {
  // The tests that need a browser fail one by one; the others still tell what they find.
  if (!(error instanceof BrowserNotFoundError)) throw error;
  log.write(`${error.message}\n`);
}

const outcomes: string[] = [];
let allPassed = true;
for (const { name, command } of stages) {
  if (interrupted) break;
  log.write(`\n== ${name}\n`);
  const startMs = Date.now();
  const [program = '', ...programArguments] = command;
  const status = await log.run(program, programArguments, { cwd: ROOT, env });
  allPassed &&= status === 0;
  outcomes.push(
    `${name} ${status === 0 ? 'passed' : 'FAILED'} (${Math.round((Date.now() - startMs) / 1000)} s)`,
  );
}

const counts = countTests(packages);
log.write(`\n== summary\n${outcomes.join(', ')}\n`);
for (const name of counts.skipped) log.write(`skipped: ${name}\n`);
for (const name of counts.failed) log.write(`failed: ${name}\n`);
if (interrupted) log.write('interrupted\n');
log.write(`${countedLine(counts)}\n`);
writeFileSync(join(REPORTS, 'summary.txt'), `${countedLine(counts)}\n`);
await log.close();
process.exitCode = interrupted ? 130 : allPassed && counts.failed.length === 0 ? 0 : 1;
