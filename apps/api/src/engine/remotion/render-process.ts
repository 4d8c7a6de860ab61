/**
 * A process that renders with Remotion: `node render-process.ts <RenderProcessOptions as JSON>`. It opens a browser, keeps it
 * warm and renders one video after another, told by messages (`protocol.ts`). It ends when its browser does, or when the engine
 * lets go of it, and takes browser, FFmpeg and temporary files with it.
 *
 * A process of its own because Remotion, where it runs, ends the process on Ctrl-C, passes the environment on to the browser,
 * prints, opens ports to the network and goes on after a cancellation.
 */
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { rmSync } from 'node:fs';
import { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { makeCancelSignal, openBrowser, stitchFramesToVideo } from '@remotion/renderer';
import { type Browser, captureFrames } from './capture-frames.ts';
import { killGroup } from './kill-group.ts';
import type { FromRenderProcess, RenderProcessOptions, RenderStage, ToRenderProcess } from './protocol.ts';
import { stitchArguments } from './stitch-arguments.ts';

const { browserPath, bundlePath, tabs, timeoutMs }: RenderProcessOptions = JSON.parse(process.argv[2] ?? '');
const stitching = makeCancelSignal();

listenLocallyOnly();
process.once('disconnect', leave);
if (!process.connected) leave();

// Remotion does not tell which process the browser is, and does not end one that is still opening.
subscribe('child_process', (message) => {
  const { process: child } = message as { process: ChildProcess };
  child.once('spawn', () => {
    const { pid, spawnargs } = child;
    if (pid === undefined || !spawnargs.some((argument) => argument.startsWith('--user-data-dir='))) return;
    process.once('exit', () => killGroup(pid));
    send({ type: 'browser', pid });
  });
});
try {
  serve(
    await openBrowser('chrome', {
      browserExecutable: browserPath,
      // Means `--headless=new`, which every Chromium understands.
      chromeMode: 'chrome-for-testing',
      logLevel: 'error',
    }),
  );
} catch (error) {
  sendFailure('open', error);
}

function serve(browser: Browser): void {
  browser.connection.transport.websocket.addEventListener('close', () => process.exit(1));
  // Who stops this process is the engine, which has renders to put back; Remotion would do it on its own.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.removeAllListeners(signal).on(signal, () => {});
  }
  // After the listeners that end the browser. An engine that lives looks after the files by itself.
  process.once('exit', () => {
    if (!process.connected) rmSync(tmpdir(), { recursive: true, force: true, maxRetries: 3 });
  });
  process.on('message', (message: ToRenderProcess) => void render(browser, message));
  send({ type: 'opened' });
}

/** Ends FFmpeg, which would outlive this process, and the process, which ends the browser. */
function leave(): void {
  stitching.cancel();
  process.exit();
}

async function render(browser: Browser, message: ToRenderProcess): Promise<void> {
  const { inputs, videoHash, framesFolder, outputPath } = message;
  const capturing = makeCancelSignal();
  let stage: RenderStage = 'capture';
  try {
    const { assetsInfo } = await captureFrames({
      browser,
      bundlePath,
      inputs,
      folder: framesFolder,
      tabs,
      timeoutMs,
      cancelSignal: capturing.cancelSignal,
      onFrame: (frames) => send({ type: 'captured', frames }),
    });
    stage = 'encode';
    await stitchFramesToVideo({
      assetsInfo,
      fps: inputs.fps,
      width: inputs.width,
      height: inputs.height,
      outputLocation: outputPath,
      force: true,
      muted: true,
      cancelSignal: stitching.cancelSignal,
      ffmpegOverride: ({ args }) => stitchArguments(args, videoHash),
      onProgress: (frames) => send({ type: 'encoded', frames }),
    });
    send({ type: 'rendered' });
  } catch (error) {
    // Or Remotion would open another browser for the frames that have lost their tabs by this.
    capturing.cancel();
    // A browser that has just died may not have been noticed yet, and the error would be about closed targets.
    const answer = browser.connection.send('Target.setDiscoverTargets', { discover: true });
    await answer.catch(() => process.exit(1));
    sendFailure(stage, error);
  }
}

function sendFailure(stage: RenderStage, error: unknown): void {
  const { message, code } = error as NodeJS.ErrnoException;
  send({ type: 'failed', stage, failure: { message, code } });
}

function send(message: FromRenderProcess): void {
  if (process.connected) process.send?.(message);
}

/** Remotion's server, with a door to the machine's files, would listen to the whole network. */
function listenLocallyOnly(): void {
  const listen = Server.prototype.listen as (...values: unknown[]) => Server;
  Server.prototype.listen = function listenLocally(this: Server, options: unknown, ...rest: unknown[]) {
    return listen.call(this, { ...(options as object), host: '127.0.0.1' }, ...rest);
  } as typeof Server.prototype.listen;
}
