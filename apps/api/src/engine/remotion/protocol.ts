import type { VideoInputs } from '@defrag/core';

/** What a render process is started with. */
export interface RenderProcessOptions {
  /** Path of a Chromium. */
  readonly browserPath: string;
  /** Folder of the bundled composition. */
  readonly bundlePath: string;
  /** Tabs that are captured from at the same time. */
  readonly tabs: number;
  /** Milliseconds that a page may take to load, and each of its frames to appear. */
  readonly timeoutMs: number;
}

/** From the engine to a render process, which gets one video at a time. */
export interface ToRenderProcess {
  readonly type: 'render';
  readonly inputs: VideoInputs;
  readonly videoHash: string;
  /** An empty folder for the frames. */
  readonly framesFolder: string;
  /** Where the video goes. */
  readonly outputPath: string;
}

/**
 * From a render process to the engine. `browser`, which tells the id of its process, and `opened` come once; `rendered` and
 * `failed` each end a video.
 */
export type FromRenderProcess =
  | { readonly type: 'browser'; readonly pid: number }
  | { readonly type: 'opened' }
  | { readonly type: 'captured'; readonly frames: number }
  | { readonly type: 'encoded'; readonly frames: number }
  | { readonly type: 'rendered' }
  | { readonly type: 'failed'; readonly stage: RenderStage; readonly failure: RenderProcessFailure };

/** What a render process was at when it failed. */
export type RenderStage = 'open' | 'capture' | 'encode';

/** An error in a form that passes between processes. */
export interface RenderProcessFailure {
  readonly message: string;
  /** Code of the operating system, such as ENOSPC, where there is one. */
  readonly code: string | undefined;
}
