import { COMPOSITION_ID } from '@defrag/composition/remotion/composition-id';
import { durationInFrames, type VideoInputs } from '@defrag/core';
import {
  type CancelSignal,
  type openBrowser,
  type RenderFramesOutput,
  renderFrames,
  selectComposition,
} from '@remotion/renderer';
import { compositionProps } from './composition-props.ts';

/** A browser that Remotion has opened. */
export type Browser = Awaited<ReturnType<typeof openBrowser>>;

/** What of a video is captured, and how. */
export interface CaptureOptions {
  readonly browser: Browser;
  /** Folder of the bundled composition. */
  readonly bundlePath: string;
  readonly inputs: VideoInputs;
  /** Where the PNG files go; made if missing. */
  readonly folder: string;
  /** Tabs that are captured from at the same time, at most one per processor. */
  readonly tabs: number;
  /** Milliseconds that a page may take to load, and each of its frames to appear. */
  readonly timeoutMs: number;
  /** Numbers of the frames to capture, from 0, in rising order. (Default: all) */
  readonly frames?: number[];
  /** Stops it. */
  readonly cancelSignal?: CancelSignal;
  /** Called with the number of frames that are captured. */
  onFrame(framesDone: number): void;
}

/**
 * Has the composition show frames of a video, and captures each as a PNG file.
 *
 * @returns where the frames are, as Remotion's encoder takes them
 * @throws Error in Remotion's words
 */
export async function captureFrames(options: CaptureOptions): Promise<RenderFramesOutput> {
  const { browser, bundlePath, inputs, timeoutMs } = options;
  const shared = {
    serveUrl: bundlePath,
    inputProps: compositionProps(inputs),
    puppeteerInstance: browser,
    timeoutInMilliseconds: timeoutMs,
    logLevel: 'error',
  } as const;
  const composition = await selectComposition({ ...shared, id: COMPOSITION_ID });
  const expected = {
    width: inputs.width,
    height: inputs.height,
    fps: inputs.fps,
    durationInFrames: durationInFrames(inputs.durationMs, inputs.fps),
  };
  for (const [name, value] of Object.entries(expected)) {
    const actual = composition[name as keyof typeof expected];
    if (actual !== value) throw new Error(`The composition has a ${name} of ${actual} instead of ${value}`);
  }
  return renderFrames({
    ...shared,
    composition,
    imageFormat: 'png',
    muted: true,
    concurrency: options.tabs,
    outputDir: options.folder,
    ...(options.cancelSignal ? { cancelSignal: options.cancelSignal } : {}),
    ...(options.frames ? { frames: options.frames } : {}),
    onStart() {},
    onFrameUpdate: options.onFrame,
  });
}
