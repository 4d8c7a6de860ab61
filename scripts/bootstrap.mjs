// Sets the project up as far as needed, then runs a task of it on the project's own Node 24.
// Usage: node -r ./scripts/require-node-20.cjs scripts/bootstrap.mjs start|test [arguments of the task]
//
// Runs on a fresh machine: plain JavaScript that Node 20 understands, and no dependency.
import { buildApps } from './bootstrap/build.mjs';
import { handOver } from './bootstrap/hand-over.mjs';
import { installDependencies } from './bootstrap/install.mjs';
import { providePnpm } from './bootstrap/pnpm.mjs';
import { projectNode } from './bootstrap/project-node.mjs';
import { SetUpError } from './bootstrap/set-up-error.mjs';

/** What each task runs, relative to the project's root, and what it needs before. */
const TASKS = {
  start: { script: 'apps/api/src/main.ts', prepare: buildApps },
  test: { script: 'scripts/test.ts', prepare: providePnpm },
};

try {
  const [name, ...taskArguments] = process.argv.slice(2);
  const task = TASKS[/** @type {keyof typeof TASKS} */ (name)];
  if (task === undefined) throw new SetUpError(`There is no task ${name}: ${Object.keys(TASKS).join(', ')}.`);
  await installDependencies();
  const node = projectNode();
  await task.prepare(node);
  handOver(node, task.script, taskArguments);
} catch (error) {
  const isDiskFull = /** @type {{ code?: unknown }} */ (error).code === 'ENOSPC';
  if (!(error instanceof SetUpError || isDiskFull)) throw error;
  process.stderr.write(`${error instanceof SetUpError ? error.message : 'No space left on the disk.'}\n`);
  process.exitCode = 1;
}
