import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { projectEnvironment, ROOT } from './workspace.mjs';

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Runs a program in the root folder, with its output on stderr. A signal that ends this process ends the program and all
 * its children.
 *
 * @param {string} program
 * @param {string[]} programArguments
 * @param {{ env: NodeJS.ProcessEnv, quiet?: boolean }} options `quiet` shows the output only when the program fails
 * @returns {Promise<string | undefined>} why it failed; undefined when it succeeded
 */
export function run(program, programArguments, { env, quiet = false }) {
  const isWindows = process.platform === 'win32';
  const child = spawn(program, programArguments, {
    cwd: ROOT,
    env,
    // A process group of its own: npm does not forward signals to its children.
    detached: !isWindows,
    // On Windows npm is a shell script.
    shell: isWindows,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', process.stderr, 'inherit'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text) => {
      output += text;
    });
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    if (child.pid !== undefined && !isWindows) process.kill(-child.pid, 'SIGTERM');
    for (const each of SIGNALS) process.off(each, stop);
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  return new Promise((resolve) => {
    const end = (/** @type {string | undefined} */ failure) => {
      for (const signal of SIGNALS) process.off(signal, stop);
      if (failure !== undefined) process.stderr.write(output);
      resolve(failure);
    };
    child.on('error', (error) => end(error.message));
    child.on('close', (code, signal) => end(code === 0 ? undefined : `exit status ${code ?? signal}`));
  });
}

/**
 * Runs a script of the project in the foreground, forwards signals to it, and ends this process as the script ended.
 *
 * The script may receive a signal several times: a terminal sends Ctrl-C to its whole process group, and npm forwards it.
 *
 * @param {string} node path of the Node to run it with
 * @param {string} script relative to the root
 * @param {string[]} scriptArguments
 */
export function handOver(node, script, scriptArguments) {
  // Early versions of Node 24 warn that running TypeScript is experimental.
  const nodeArguments = ['--disable-warning=ExperimentalWarning', resolve(ROOT, script), ...scriptArguments];
  const child = spawn(node, nodeArguments, { cwd: ROOT, env: projectEnvironment(), stdio: 'inherit' });
  const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, forward);
  child.on('error', (error) => {
    process.stderr.write(`Cannot run ${node}: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const each of SIGNALS) process.off(each, forward);
    process.kill(process.pid, signal);
  });
}
