import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { BrowserNotFoundError, findBrowser } from '@defrag/browser';
import { durationInFrames } from '@defrag/core';
import type { Logger } from 'pino';
import { copyFileDurably, sha256OfFile } from '../../files/durable-file.ts';
import { claimScratchFolder } from '../../files/scratch-folder.ts';
import { StartupError } from '../../process/startup-error.ts';
import type { RenderEngine, RenderedVideo, RenderRequest } from '../engine.ts';
import { createRunningRenders } from '../running-renders.ts';
import { bundleComposition } from './bundle-composition.ts';
import { createRenderProgress } from './progress.ts';
import { type RendererProcess, startRendererProcess } from './renderer-process.ts';

/** Settings of the engine `remotion`. */
export interface RemotionEngineOptions {
  /** Tabs that a render captures from at the same time; more than there are processors are not opened. At least 1. */
  readonly concurrency: number;
  /** Folder for unfinished files; other processes may share it. Made when it is missing. */
  readonly scratchDir: string;
  /** Folder in which bundles of the composition are kept; other processes may share it. Made when it is missing. */
  readonly bundlesDir: string;
  /** Takes what is worth knowing, and what Remotion prints. */
  readonly logger: Pick<Logger, 'info' | 'debug'>;
  /** Milliseconds without any progress after which a render ends with RENDER_TIMED_OUT. (Default: 60000) */
  readonly stallTimeoutMs?: number;
}

/** The engine `remotion`; its processes are there to be looked at. */
export interface RemotionEngine extends RenderEngine {
  render(request: RenderRequest): Promise<RenderedVideo>;
  readonly name: 'remotion';
  /** Processes with a browser each: those at work and those that are kept warm. */
  readonly processes: readonly RendererProcess[];
}

/** Milliseconds that a page may take to load, and each of its frames to appear. Below the time after which a render is stuck. */
const PAGE_TIMEOUT_MS = 45_000;

/**
 * The engine that draws in a browser through Remotion: the composition is bundled once, browsers are kept warm.
 *
 * @throws StartupError when there is no browser, or the composition cannot be bundled; the error of the file system when a
 *   folder cannot be written to
 */
export async function createRemotionEngine(options: RemotionEngineOptions): Promise<RemotionEngine> {
  const { logger, stallTimeoutMs = 60_000 } = options;
  const browserPath = await findBrowserOrExplain();
  const bundle = await bundleComposition(options.bundlesDir, () =>
    logger.info('bundling the composition; this takes some seconds, once for each version of it'),
  ).catch((error: Error) => {
    throw new StartupError(error.message, { cause: error });
  });
  if (bundle.bundlingMs !== undefined) {
    logger.info({ bundle: bundle.key, duration_ms: bundle.bundlingMs }, 'composition bundled');
  }
  const scratch = await claimScratchFolder(options.scratchDir);
  const tabs = Math.min(options.concurrency, availableParallelism());
  const processes = new Set<RendererProcess>();
  const idle: RendererProcess[] = [];
  const renders = createRunningRenders();

  /** A warm process, or a new one when there is none that lives. */
  const takeProcess = async (): Promise<RendererProcess> => {
    for (let renderer = idle.pop(); renderer; renderer = idle.pop()) {
      if (renderer.isUsable) return renderer;
      processes.delete(renderer);
    }
    const renderer = await startRendererProcess({
      browserPath,
      bundlePath: bundle.path,
      tabs,
      timeoutMs: Math.min(PAGE_TIMEOUT_MS, stallTimeoutMs),
      stallTimeoutMs,
      logger,
    });
    processes.add(renderer);
    return renderer;
  };

  const renderFile = async (request: RenderRequest, folder: string, path: string): Promise<void> => {
    const { inputs, videoHash } = request;
    const failed = new AbortController();
    const signal = AbortSignal.any([request.signal, renders.closing, failed.signal]);
    signal.throwIfAborted();
    const progress = createRenderProgress(durationInFrames(inputs.durationMs, inputs.fps), (done, total) => {
      if (signal.aborted) return;
      try {
        request.onProgress(done, total);
      } catch (error) {
        failed.abort(error);
      }
    });
    const renderer = await takeProcess();
    try {
      const framesFolder = join(folder, 'frames');
      const { captured: onCaptured, encoded: onEncoded } = progress;
      await renderer.render({
        inputs,
        videoHash,
        framesFolder,
        outputPath: path,
        signal,
        onCaptured,
        onEncoded,
      });
      progress.encoded(durationInFrames(inputs.durationMs, inputs.fps));
      signal.throwIfAborted();
    } finally {
      if (renderer.isUsable) idle.push(renderer);
      else processes.delete(renderer);
    }
  };

  const produce = (request: RenderRequest): Promise<RenderedVideo> =>
    scratch.withFolder(async (folder) => {
      const { inputs, outputPath } = request;
      // Not `.mp4`: Remotion would write such a file a second time, and lose the tags.
      const path = join(folder, 'video.m4v');
      await renderFile(request, folder, path);
      const [{ size: sizeBytes }, contentSha256] = await Promise.all([stat(path), sha256OfFile(path)]);
      await copyFileDurably(path, outputPath);
      return {
        path: outputPath,
        sizeBytes,
        contentSha256,
        frames: durationInFrames(inputs.durationMs, inputs.fps),
      };
    });

  return {
    name: 'remotion',
    get processes() {
      return [...processes];
    },
    render: (request) => renders.track(request, produce(request)),
    async close() {
      await renders.end();
      await Promise.all([...processes].map((renderer) => renderer.end()));
      processes.clear();
      await scratch.release();
    },
  };
}

async function findBrowserOrExplain(): Promise<string> {
  try {
    return await findBrowser();
  } catch (error) {
    if (!(error instanceof BrowserNotFoundError)) throw error;
    throw new StartupError(`RENDER_ENGINE=remotion draws in a browser. ${error.message}`, { cause: error });
  }
}
