import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import type { RunMessage, WorkerMessage } from '../inside/messages.ts';
import { MARKER_NAME, mountNamespace } from '../inside/refuse-shared-tmp.ts';
import { isolatedCommand, type WorkerPlaces } from './isolation.ts';

/** What all workers have in common. */
export interface WorkerSettings {
  readonly places: Omit<WorkerPlaces, 'tmp'>;
  /** Folder in which each worker gets one of its own, to be its `/tmp`. */
  readonly tmpRoot: string;
  /** The function's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Gets what workers print. */
  readonly log: Writable;
}

/** How a run in a worker ended. */
export type RunEnd =
  | { readonly kind: 'ended' }
  | { readonly kind: 'threw'; readonly error: { readonly type: string; readonly message: string } }
  | { readonly kind: 'died' };

/** An isolated process that runs the function, one invocation at a time. */
export class Worker {
  readonly #child: ChildProcess;
  readonly #tmp: string;
  readonly #exited: Promise<unknown>;

  private constructor(child: ChildProcess, tmp: string) {
    this.#child = child;
    this.#tmp = tmp;
    this.#exited = once(child, 'exit').then(() => rm(tmp, { recursive: true, force: true }));
  }

  /** Starts a worker and waits until the function is loaded. @throws Error when it ends before that */
  static async start({ places, tmpRoot, env, log }: WorkerSettings): Promise<Worker> {
    const tmp = await mkdtemp(join(tmpRoot, 'tmp-'));
    const marker = randomUUID();
    await writeFile(join(tmp, MARKER_NAME), marker);
    const { program, args } = isolatedCommand({ ...places, tmp });
    const child = spawn(program, args, {
      env: { ...env, EMULATOR_TMP_MARKER: marker, EMULATOR_OUTER_MOUNT_NAMESPACE: mountNamespace() },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    const worker = new Worker(child, tmp);
    const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
    child.once('message', () => resolve());
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      reject(new Error(`A worker ended with ${code ?? signal} before it was ready; see the log.`));
    });
    await ready;
    return worker;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null && this.#child.connected;
  }

  /** Runs the function once. @param onOutput gets what the function writes */
  async run(message: RunMessage, onOutput: (bytes: Uint8Array) => void): Promise<RunEnd> {
    const { promise: ended, resolve } = Promise.withResolvers<RunEnd>();
    const onMessage = (said: WorkerMessage) => {
      if (said.kind === 'write') onOutput(said.bytes);
      if (said.kind === 'ended')
        resolve(said.error ? { kind: 'threw', error: said.error } : { kind: 'ended' });
    };
    const onExit = () => resolve({ kind: 'died' });
    this.#child.on('message', onMessage);
    this.#child.once('exit', onExit);
    if (this.isAlive) this.#child.send(message, (error) => error && resolve({ kind: 'died' }));
    else resolve({ kind: 'died' });
    try {
      return await ended;
    } finally {
      this.#child.off('message', onMessage);
      this.#child.off('exit', onExit);
    }
  }

  /** Resolves when it is dead. */
  async died(): Promise<void> {
    await this.#exited;
  }

  /** Kills it, and with it everything that it has started; resolves when its folder is gone too. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exited;
    await rm(this.#tmp, { recursive: true, force: true });
  }
}
