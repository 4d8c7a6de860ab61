import { COMPOSITION_ID } from '@defrag/composition/remotion/composition-id';
import { durationInFrames, type VideoInputs } from '@defrag/core';
import {
  type openBrowser,
  type RenderFramesOutput,
  renderFrames,
  selectComposition,
} from '@remotion/renderer';
import { compositionProps } from './composition-props.ts';

type Browser = Awaited<ReturnType<typeof openBrowser>>;

export interface CaptureOptions {
  readonly browser: Browser;
  readonly bundlePath: string;
  readonly inputs: VideoInputs;
  /** Where the PNG files go; made if missing. */
  readonly folder: string;
  /** Tabs that frames are captured from at the same time, at most one per processor. */
  readonly tabs: number;
  /** Milliseconds that a page may take to load, and each of its frames to appear. */
  readonly timeoutMs: number;
  /** Numbers of the frames to capture, from 0, in rising order. (Default: all) */
  readonly frames?: number[];
  onFrame(framesDone: number): void;
}

/**
 * Captures frames of the composition as PNG files.
 *
 * @returns where the frames are, as Remotion's encoder takes them
 * @throws Error of Remotion
 */
export async function captureFrames(options: CaptureOptions): Promise<RenderFramesOutput> {
  const { inputs } = options;
  const shared = {
    serveUrl: options.bundlePath,
    inputProps: compositionProps(inputs),
    puppeteerInstance: options.browser,
    timeoutInMilliseconds: options.timeoutMs,
    logLevel: 'error',
  } as const;
  const composition = await selectComposition({ ...shared, id: COMPOSITION_ID });
  const expected = durationInFrames(inputs.durationMs, inputs.fps);
  if (composition.durationInFrames !== expected) {
    throw new Error(`The composition has ${composition.durationInFrames} frames instead of ${expected}.`);
  }
  return renderFrames({
    ...shared,
    composition,
    imageFormat: 'png',
    muted: true,
    concurrency: options.tabs,
    outputDir: options.folder,
    ...(options.frames ? { frames: options.frames } : {}),
    onStart() {},
    onFrameUpdate: options.onFrame,
  });
}
