import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { statfsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { AppError } from '../../errors.ts';
import { fromPortable } from '../render-failure.ts';
import type { BrowserMessage, BrowserRender } from './browser-process.ts';
import { programEnv } from './env.ts';
import { killGroup } from './kill-group.ts';

const PROGRAM = fileURLToPath(new URL('browser-process.ts', import.meta.url));

/** Less free space than this counts as a full disk: a frame has more bytes. */
const FULL_DISK_BYTES = 1_000_000;

const LAST_WORDS_CHARACTERS = 4_000;

export type BrowserProcess = Awaited<ReturnType<typeof startBrowserProcess>>;

/**
 * Starts the process.
 *
 * @param options.stallTimeoutMs milliseconds without any progress after which the render is given up
 * @param options.logger takes what the process prints
 */
export async function startBrowserProcess(
  render: BrowserRender,
  options: {
    stallTimeoutMs: number;
    logger: Pick<Logger, 'debug'>;
    onProgress(capturedFrames: number, encodedFrames: number): void;
  },
) {
  // Not in the scratch: a browser puts sockets here, whose paths have at most 107 bytes.
  const temporaryFolder = await mkdtemp(join(tmpdir(), 'defrag-remotion-'));
  const child = fork(PROGRAM, {
    cwd: temporaryFolder,
    env: programEnv(temporaryFolder),
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
    // A separate group: Ctrl-C in a terminal does not reach it, and FFmpeg ends with it.
    detached: true,
  });
  const lastWords = keepLastWords(child, options.logger);
  const exited = once(child, 'exit').catch(() => {});
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  ended.catch(() => {});
  const browserPids: number[] = [];
  let [captured, encoded] = [0, 0];
  const onStall = () => reject(new AppError('RENDER_TIMED_OUT', 'The browser or FFmpeg stopped working.'));
  const onExit = () => {
    const cause = new Error(lastWords() || 'The process printed nothing.');
    // A full disk can end the browser before anybody reports it.
    if (isFull(render.scratch)) {
      reject(new AppError('RENDER_OUT_OF_SPACE', 'There is no space left for the video.', { cause }));
      return;
    }
    reject(new AppError('RENDER_WORKER_DIED', 'The browser that renders died.', { cause }));
  };
  const timer = setTimeout(onStall, options.stallTimeoutMs);
  child.once('exit', onExit).on('error', onExit);
  // Not as an argument, which every user of the machine could read.
  child.send(render);
  child.on('message', ({ browserPid, ...message }: BrowserMessage) => {
    timer.refresh();
    if (browserPid !== undefined) browserPids.push(browserPid);
    captured = message.capturedFrames ?? captured;
    encoded = message.encodedFrames ?? encoded;
    options.onProgress(captured, encoded);
    if (message.rendered) resolve();
    if (message.failure) reject(fromPortable(message.failure));
  });

  return {
    pid: child.pid,
    /** The browser's process id, which leads a group; undefined until it is started. */
    get browserPid(): number | undefined {
      return browserPids.at(-1);
    },
    /**
     * Waits for the video.
     *
     * @throws AppError with one of the RENDER_ codes; the signal's reason when aborted
     */
    async finish(signal: AbortSignal): Promise<void> {
      const onAbort = () => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      if (signal.aborted) onAbort();
      await ended.finally(() => signal.removeEventListener('abort', onAbort));
    },
    /** Kills the process, its FFmpeg and its browser, and removes their temporary files. Call it in any case. */
    async end(): Promise<void> {
      clearTimeout(timer);
      // Where there are no groups, the process ends itself when the engine disconnects.
      if (child.connected) child.disconnect();
      for (const pid of [child.pid, ...browserPids]) if (pid !== undefined) killGroup(pid);
      await exited;
      await rm(temporaryFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Logs what a process prints and returns a function that gives the end of it. */
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

function isFull(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize < FULL_DISK_BYTES;
  } catch {
    return false;
  }
}
