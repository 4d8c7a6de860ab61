/**
 * Renders one video with Remotion in a browser. The engine starts this program (`start-browser-process.ts`), sends it a
 * `BrowserRender`, gets `BrowserMessage`s and ends it.
 *
 * A separate process, because Remotion ends its process on Ctrl-C, passes its environment on to the browser, prints, listens on
 * the network and continues after a cancellation.
 */
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VideoInputs } from '@defrag/core';
import { openBrowser, stitchFramesToVideo } from '@remotion/renderer';
import type { AppErrorCode } from '../../errors.ts';
import type { PortableFailure } from '../render-failure.ts';
import { captureFrames } from './capture-frames.ts';
import { killGroup } from './kill-group.ts';
import { stitchArguments } from './stitch-arguments.ts';

export interface BrowserRender {
  readonly browserPath: string;
  readonly bundlePath: string;
  readonly inputs: VideoInputs;
  readonly scratch: string;
  readonly outputPath: string;
  /** Tabs that frames are captured from at the same time. */
  readonly tabs: number;
  /** Milliseconds that a page may take to load, and each of its frames to appear. */
  readonly timeoutMs: number;
}

/** Messages of the process. `browserPid` comes first; `rendered` or `failure` comes last. */
export interface BrowserMessage {
  /** The browser leads a group of processes with this id. */
  readonly browserPid?: number;
  readonly capturedFrames?: number;
  readonly encodedFrames?: number;
  readonly rendered?: true;
  readonly failure?: PortableFailure;
}

let browserPid: number | undefined;
let failureCode: AppErrorCode = 'RENDER_FAILED';

process.once('disconnect', endAll);
if (!process.connected) endAll();
listenLocallyOnly();
// Remotion does not expose the browser's process id.
subscribe('child_process', (message) => {
  const { process: child } = message as { process: ChildProcess };
  child.once('spawn', () => {
    if (!child.spawnargs.some((argument) => argument.startsWith('--user-data-dir='))) return;
    browserPid = child.pid;
    if (browserPid !== undefined) report({ browserPid });
  });
});
try {
  const [render] = (await once(process, 'message')) as [BrowserRender];
  await renderVideo(render);
  report({ rendered: true });
} catch (error) {
  report({ failure: describe(error) });
}

async function renderVideo(render: BrowserRender): Promise<void> {
  const { inputs, scratch, outputPath, browserPath, bundlePath, tabs, timeoutMs } = render;
  const browser = await openBrowser('chrome', {
    browserExecutable: browserPath,
    // Means `--headless=new`, which every Chromium understands.
    chromeMode: 'chrome-for-testing',
    logLevel: 'error',
  });
  browser.connection.transport.websocket.addEventListener('close', () => process.exit(1));
  // Only the engine ends this process: it has the render to put back. Remotion would end it by itself.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.removeAllListeners(signal).on(signal, () => {});
  }
  try {
    const { assetsInfo } = await captureFrames({
      ...{ browser, bundlePath, inputs, tabs, timeoutMs },
      folder: join(scratch, 'frames'),
      onFrame: (capturedFrames) => report({ capturedFrames }),
    });
    failureCode = 'RENDER_ENCODER_FAILED';
    const { fps, width, height, hash } = inputs;
    await stitchFramesToVideo({
      ...{ assetsInfo, fps, width, height },
      outputLocation: outputPath,
      force: true,
      muted: true,
      ffmpegOverride: ({ args }) => stitchArguments(args, hash),
      onProgress: (encodedFrames) => report({ encodedFrames }),
    });
  } catch (error) {
    // The browser may have died unnoticed; then the error is only about its closed tabs.
    const answer = browser.connection.send('Target.setDiscoverTargets', { discover: true });
    await answer.catch(() => process.exit(1));
    throw error;
  }
}

/** Remotion names an error in its message alone. */
function describe(error: unknown): PortableFailure {
  const { message, code } = error as NodeJS.ErrnoException;
  const cause = new Error(message);
  if (/\bENOSPC\b|\bEDQUOT\b|No space left on device|Disk quota exceeded/.test(`${code} ${message}`)) {
    return { code: 'RENDER_OUT_OF_SPACE', message: 'There is no space left for the video.', cause };
  }
  if (failureCode === 'RENDER_ENCODER_FAILED') return { code: failureCode, message: 'FFmpeg failed.', cause };
  if (browserPid === undefined) {
    return { code: 'RENDER_FAILED', message: 'The browser could not be started.', cause };
  }
  if (/^(?:Timed out|A delayRender\(\)|Timeout|Navigation timeout)/.test(message)) {
    return { code: 'RENDER_TIMED_OUT', message: 'The page took too long.', cause };
  }
  return { code: 'RENDER_FAILED', message: 'The render failed.', cause };
}

function report(message: BrowserMessage): void {
  if (process.connected) process.send?.(message);
}

/** Ends everything when the engine cannot any more. */
function endAll(): void {
  if (browserPid !== undefined) killGroup(browserPid);
  rmSync(tmpdir(), { recursive: true, force: true, maxRetries: 3 });
  killGroup(process.pid);
  process.exit();
}

/** Remotion's server, which gives out the machine's files, would listen on every network. */
function listenLocallyOnly(): void {
  const listen = Server.prototype.listen as (...values: unknown[]) => Server;
  Server.prototype.listen = function listenLocally(this: Server, options: unknown, ...rest: unknown[]) {
    return listen.call(this, { ...(options as object), host: '127.0.0.1' }, ...rest);
  } as typeof Server.prototype.listen;
}
