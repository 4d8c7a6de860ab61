// Runs every check of the project and ends with a line that counts the tests: what `npm test` does after the set-up.
// Arguments go to `turbo run test`: `npm test -- --force` also runs the tests that passed and have not changed since.
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

const turbo = (...args: string[]) => [
  process.execPath,
  join(ROOT, 'node_modules/turbo/bin/turbo'),
  'run',
  ...args,
  '--continue',
  '--ui=stream',
  '--output-logs=new-only',
];
const fromUser = process.argv.slice(2);
/** Tests that play videos in real time and would see other work as lost frames. */
const REAL_TIME = '@defrag/scrubber';

type Stage = { name: string; command: string[] };
/** The stages of one list run at the same time, one list after the other. */
const stages: Stage[][] = [
  [
    { name: 'lint', command: [join(BIN, 'biome'), 'check', '--error-on-warnings', '.'] },
    { name: 'types', command: turbo('typecheck') },
    { name: 'docstrings', command: [process.execPath, 'scripts/check-docstrings.ts'] },
    { name: 'unused code', command: [join(BIN, 'knip')] },
  ],
  ...(fromUser.some((argument) => argument.startsWith('--filter'))
    ? [[{ name: 'tests', command: turbo('test', '--concurrency=1', ...fromUser) }]]
    : [
        [
          {
            name: 'tests',
            command: turbo('test', `--filter=!${REAL_TIME}`, '--concurrency=2', ...fromUser),
          },
        ],
        [
          {
            name: 'tests in real time',
            command: turbo('test', `--filter=${REAL_TIME}`, '--concurrency=1', ...fromUser),
          },
        ],
      ]),
  [{ name: 'logs', command: [process.execPath, 'scripts/check-logs.ts'] }],
];

const env: NodeJS.ProcessEnv = {
  ...projectEnvironment(),
  ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
};
try {
  env['DEFRAG_BROWSER'] = await findBrowser();
} catch (error) {
  // The tests that need a browser fail, the others still run.
  if (!(error instanceof BrowserNotFoundError)) throw error;
  log.write(`${error.message}\n`);
}

const outcomes: string[] = [];
let allPassed = true;
async function runStage({ name, command: [program = '', ...args] }: Stage, isAlone: boolean): Promise<void> {
  const startMs = Date.now();
  const title = `\n== ${name}\n`;
  if (isAlone) log.write(title);
  const { status, output } = await log.run(program, args, { cwd: ROOT, env, isSilent: !isAlone });
  if (!isAlone) log.write(title + output);
  allPassed &&= status === 0;
  outcomes.push(
    `${name} ${status === 0 ? 'passed' : 'FAILED'} (${Math.round((Date.now() - startMs) / 1000)} s)`,
  );
}
for (const group of stages) {
  if (!interrupted) await Promise.all(group.map((stage) => runStage(stage, group.length === 1)));
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
