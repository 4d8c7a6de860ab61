import { spawn } from 'node:child_process';
import { delimiter, resolve } from 'node:path';
import { PNPM_FOLDER } from './pnpm.mjs';
import { BIN } from './project-node.mjs';
import { ROOT } from './workspace.mjs';

/** Signals that are for the task, which decides how it ends. */
const FORWARDED_SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Runs a script of the project in the foreground and ends this process as it ended.
 *
 * A terminal sends Ctrl-C to all processes of its group, and npm forwards it once more, so the script may receive a signal
 * several times.
 *
 * @param {string} node path of the Node to run it with
 * @param {string} script relative to the root
 * @param {string[]} scriptArguments
 */
export function handOver(node, script, scriptArguments) {
  const child = spawn(
    node,
    // Early versions of Node 24 warn that running TypeScript is an experiment.
    ['--disable-warning=ExperimentalWarning', resolve(ROOT, script), ...scriptArguments],
    { cwd: ROOT, env: projectEnvironment(), stdio: 'inherit' },
  );
  const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  for (const signal of FORWARDED_SIGNALS) process.on(signal, forward);
  child.on('error', (error) => {
    process.stderr.write(`Cannot run ${node}: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    for (const forwarded of FORWARDED_SIGNALS) process.off(forwarded, forward);
    if (signal === null) process.exit(code ?? 1);
    process.kill(process.pid, signal);
  });
}

/** The environment in which `node`, `pnpm`, `turbo` and the other programs are those of the project. */
export function projectEnvironment() {
  return { ...process.env, PATH: [BIN, PNPM_FOLDER, process.env['PATH']].join(delimiter) };
}
