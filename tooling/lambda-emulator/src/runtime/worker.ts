import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import type { RunMessage, WorkerMessage } from '../inside/main.ts';
import { MARKER_NAME, mountNamespace } from '../inside/refuse-shared-tmp.ts';
import { isolatedCommand, type WorkerPlaces } from './isolation.ts';

/** How a run in a worker ended. */
export type RunEnd = Extract<WorkerMessage, { kind: 'ended' | 'threw' }> | { readonly kind: 'died' };

/** An isolated process that runs the function, one invocation at a time. */
export class Worker {
  readonly #child: ChildProcess;
  readonly #removed: Promise<void>;

  private constructor(child: ChildProcess, tmp: string) {
    this.#child = child;
    this.#removed = once(child, 'exit').then(() => rm(tmp, { recursive: true, force: true }));
  }

  /**
   * Starts a worker and waits until the function is loaded.
   *
   * @param settings.tmpRoot folder for the worker's own `/tmp`
   * @param settings.env environment of the function
   * @param settings.log receives the worker's output
   * @throws Error when it exits before that
   */
  static async start(settings: {
    readonly places: Omit<WorkerPlaces, 'tmp'>;
    readonly tmpRoot: string;
    readonly env: Readonly<Record<string, string>>;
    readonly log: Writable;
  }): Promise<Worker> {
    const { places, tmpRoot, env, log } = settings;
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

  /** Runs the function once. @param onOutput receives what the function writes */
  async run(message: RunMessage, onOutput: (bytes: Uint8Array) => void): Promise<RunEnd> {
    const { promise: ended, resolve } = Promise.withResolvers<RunEnd>();
    const onMessage = (received: WorkerMessage) => {
      if (received.kind === 'write') onOutput(received.bytes);
      else if (received.kind !== 'ready') resolve(received);
    };
    const onExit = () => resolve({ kind: 'died' });
    this.#child.on('message', onMessage);
    this.#child.once('exit', onExit);
    if (this.isAlive) this.#child.send(message, (error) => error && onExit());
    else onExit();
    try {
      return await ended;
    } finally {
      this.#child.off('message', onMessage);
      this.#child.off('exit', onExit);
    }
  }

  /** Kills the worker and all its children. Resolves when its folder is removed. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#removed;
  }
}
