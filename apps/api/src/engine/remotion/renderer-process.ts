import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { programEnv } from '../../env.ts';
import { AppError } from '../../errors.ts';
import { killGroup } from './kill-group.ts';
import type { FromRenderProcess, RenderProcessOptions, ToRenderProcess } from './protocol.ts';
import { toRenderError } from './to-render-error.ts';

const SCRIPT = fileURLToPath(new URL('render-process.ts', import.meta.url));

/** Milliseconds that a process gets to end by itself, with its browser, before it is killed. */
const GRACE_MS = 2_000;

/** Characters of a process's last words that are kept for the log. */
const LAST_WORDS_CHARACTERS = 4_000;

/** What {@link RendererProcess.render} is to do, and whom to tell. */
export interface ProcessRender extends Omit<ToRenderProcess, 'type'> {
  readonly signal: AbortSignal;
  onCaptured(frames: number): void;
  onEncoded(frames: number): void;
}

/** A process with a warm browser that renders one video at a time. */
export interface RendererProcess {
  readonly pid: number | undefined;
  /** Process id of its browser, which leads a group of processes; undefined until it is started. */
  readonly browserPid: number | undefined;
  /** Whether it may be given a video: it lives, and no render of it has gone wrong. */
  readonly isUsable: boolean;
  /**
   * Renders one video. When this rejects, process and browser are gone and write no more.
   *
   * @throws AppError RENDER_WORKER_DIED, RENDER_TIMED_OUT, RENDER_ENCODER_FAILED, RENDER_OUT_OF_SPACE or RENDER_FAILED; the
   *   signal's reason when aborted
   */
  render(request: ProcessRender): Promise<void>;
  /** Ends process, browser and FFmpeg, and removes their temporary files. Safe to call twice. */
  end(): Promise<void>;
}

/**
 * Starts a process that opens a browser.
 *
 * @param options.stallTimeoutMs milliseconds without any progress after which a render is given up
 * @param options.logger takes what the process prints
 */
export async function startRendererProcess(
  options: RenderProcessOptions & { stallTimeoutMs: number; logger: Pick<Logger, 'debug'> },
): Promise<RendererProcess> {
  const { stallTimeoutMs, logger, ...forProcess } = options;
  // Not below the data folder: a browser puts sockets there, whose paths may have 107 bytes.
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'defrag-remotion-'));
  const child = fork(SCRIPT, [JSON.stringify(forProcess)], {
    cwd: temporaryFolder,
    env: programEnv(temporaryFolder),
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Ctrl-C in a terminal is for the whole group of processes; this one ends when the engine says so.
    detached: true,
  });
  const exited = once(child, 'exit');
  const lastWords = keepLastWords(child, logger);
  let browserPid: number | undefined;
  const opened = new Promise<void>((resolve) => {
    child.on('message', (message: FromRenderProcess) => {
      if (message.type === 'browser') browserPid = message.pid;
      if (message.type === 'opened') resolve();
    });
  });
  let failed = false;
  let ending: Promise<void> | undefined;

  const end = async (): Promise<void> => {
    if (child.connected) child.disconnect();
    const timer = setTimeout(() => child.kill('SIGKILL'), GRACE_MS);
    await exited.catch(() => {});
    clearTimeout(timer);
    // An FFmpeg that does not listen, and the browser of a process that had no time to end it.
    for (const pid of [child.pid, browserPid]) if (pid !== undefined) killGroup(pid);
    await rm(temporaryFolder, { recursive: true, force: true, maxRetries: 5 });
  };
  const endOnce = () => {
    ending ??= end();
    return ending;
  };
  // Also when nobody asked it to.
  void exited.then(endOnce, endOnce);

  return {
    pid: child.pid,
    get browserPid() {
      return browserPid;
    },
    get isUsable() {
      return !failed && !ending && child.connected;
    },
    async render(request) {
      try {
        await renderIn(child, request, { opened, stallTimeoutMs, lastWords });
      } catch (error) {
        failed = true;
        await endOnce();
        throw error;
      }
    },
    end: endOnce,
  };
}

function renderIn(
  child: ChildProcess,
  request: ProcessRender,
  options: { opened: Promise<void>; stallTimeoutMs: number; lastWords: () => string },
): Promise<void> {
  const { signal, onCaptured, onEncoded, ...video } = request;
  const message: ToRenderProcess = { type: 'render', ...video };
  return new Promise((resolve, reject) => {
    const settle = (action: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      child.off('message', onMessage).off('exit', onExit).off('error', onExit);
      action();
    };
    const giveUp = (error: unknown) => settle(() => reject(error));
    const onAbort = () => giveUp(signal.reason);
    const onStall = () => giveUp(new AppError('RENDER_TIMED_OUT', 'The browser or FFmpeg stopped working'));
    const onExit = () => {
      const cause = new Error(options.lastWords() || 'The process said nothing');
      giveUp(new AppError('RENDER_WORKER_DIED', 'The browser that renders died', { cause }));
    };
    const onMessage = (message: FromRenderProcess) => {
      timer.refresh();
      if (message.type === 'captured') onCaptured(message.frames);
      if (message.type === 'encoded') onEncoded(message.frames);
      if (message.type === 'rendered') settle(resolve);
      if (message.type === 'failed') giveUp(toRenderError(message.stage, message.failure));
    };
    const timer = setTimeout(onStall, options.stallTimeoutMs);
    signal.addEventListener('abort', onAbort, { once: true });
    child.on('message', onMessage).once('exit', onExit).once('error', onExit);
    if (signal.aborted) onAbort();
    else if (!child.connected) onExit();
    else void options.opened.then(() => child.connected && child.send(message, (error) => error && onExit()));
  });
}

/** Passes what a process prints on to the log, and keeps its end. */
function keepLastWords(child: ChildProcess, logger: Pick<Logger, 'debug'>): () => string {
  let lastWords = '';
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue;
    createInterface(stream).on('line', (line) => {
      logger.debug({ remotion: line }, 'remotion');
      lastWords = `${lastWords}\n${line}`.slice(-LAST_WORDS_CHARACTERS);
    });
  }
  return () => lastWords.trim();
}
