// Installs and builds what is missing, then runs a task of the project on the project's own Node 24.
// Usage: node -r ./scripts/require-node-20.cjs scripts/bootstrap.mjs start|test [arguments of the task]
//
// This script and `bootstrap/` run before anything is installed: plain JavaScript for Node 20 without dependencies.
import { handOver } from './bootstrap/run.mjs';
import { buildApps, install, projectNode, SetUpError } from './bootstrap/set-up.mjs';

const [task, ...taskArguments] = process.argv.slice(2);
try {
  await install();
  const node = projectNode();
  if (task === 'start') {
    await buildApps(node);
    handOver(node, 'apps/api/src/main.ts', taskArguments);
  } else if (task === 'test') {
    handOver(node, 'scripts/test.ts', taskArguments);
  } else {
    throw new SetUpError(`Unknown task ${task}. Use start or test.`);
  }
} catch (error) {
  // An error with a code is the system's: no permission, no space.
  if (!(error instanceof SetUpError || /** @type {{ code?: unknown }} */ (error).code !== undefined))
    throw error;
  process.stderr.write(`${/** @type {Error} */ (error).message}\n`);
  process.exitCode = 1;
}
