import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { BrowserNotFoundError, findBrowser } from '@defrag/browser';
import type { Logger } from 'pino';
import { StartupError } from '../../process/startup-error.ts';
import type { RenderEngine, RenderedVideo, RenderRequest } from '../engine.ts';
import { createRunningRenders, type FileRender, renderFile } from '../running-renders.ts';
import { bundleComposition } from './composition-bundle.ts';
import { type BrowserProcess, startBrowserProcess } from './start-browser-process.ts';

export interface RemotionEngineOptions {
  /** Tabs that a render captures from at the same time; no more are opened than there are processors. At least 1. */
  readonly concurrency: number;
  /** Folder in which bundles of the composition are kept; other processes may share it. Made when it is missing. */
  readonly bundlesDir: string;
  /** Also takes what Remotion prints. */
  readonly logger: Pick<Logger, 'info' | 'debug'>;
  /** Milliseconds without any progress after which a render ends with RENDER_TIMED_OUT. (Default: 60000) */
  readonly stallTimeoutMs?: number;
}

export interface RemotionEngine extends RenderEngine {
  readonly name: 'remotion';
  /** Those that render now. For tests. */
  readonly processes: ReadonlySet<BrowserProcess>;
  render(request: RenderRequest): Promise<RenderedVideo>;
}

/** Milliseconds that a page may take to load, and each of its frames to appear. */
const PAGE_TIMEOUT_MS = 45_000;

/** How much of a render's time is capturing; the rest is encoding. Measured at 180 frames on two processors. */
const CAPTURING_PERCENT = 75;

/**
 * The engine that draws in a browser through Remotion. The composition is bundled once; each render has a process and a browser of
 * its own.
 *
 * @throws StartupError when there is no browser, or the composition cannot be bundled; the error of the file system when
 *   `bundlesDir` cannot be written to
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
  const processes = new Set<BrowserProcess>();
  const renders = createRunningRenders();

  const renderInBrowser = async ({ request, frames, signal, report }: FileRender): Promise<string> => {
    const { inputs, scratch } = request;
    // Not `.mp4`: Remotion would write such a file a second time and lose the tags.
    const outputPath = join(scratch, 'video.m4v');
    const tabs = Math.min(options.concurrency, availableParallelism());
    const timeoutMs = Math.min(PAGE_TIMEOUT_MS, stallTimeoutMs);
    const job = { browserPath, bundlePath: bundle.path, inputs, scratch, outputPath, tabs, timeoutMs };
    const browser = await startBrowserProcess(job, {
      stallTimeoutMs,
      logger,
      onProgress(captured, encoded) {
        report(Math.floor((CAPTURING_PERCENT * captured + (100 - CAPTURING_PERCENT) * encoded) / 100));
      },
    });
    processes.add(browser);
    try {
      await browser.finish(signal);
    } finally {
      await browser.end();
      processes.delete(browser);
    }
    report(frames);
    return outputPath;
  };

  return {
    name: 'remotion',
    processes,
    render: (request) => renderFile(renders, request, renderInBrowser),
    close: () => renders.end(),
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
