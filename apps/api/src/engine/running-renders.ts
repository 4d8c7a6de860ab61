import { stat } from 'node:fs/promises';
import { durationInFrames } from '@defrag/core';
import { sha256OfFile } from '../files/durable-file.ts';
import type { RenderedVideo, RenderRequest } from './engine.ts';
import { toRenderFailure } from './render-failure.ts';

/** Tracks an engine's active renders, so that closing the engine can abort them. */
export type RunningRenders = ReturnType<typeof createRunningRenders>;

export function createRunningRenders() {
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();
  return {
    closing: closing.signal,
    /**
     * Counts a render as running until it settles.
     *
     * @param keeps which of its errors are rethrown unchanged. (Default: none)
     * @throws AppError with one of the RENDER_ codes, or an error that is kept
     */
    async track<Result>(
      request: Pick<RenderRequest, 'signal'>,
      rendering: Promise<Result>,
      keeps: (error: unknown) => boolean = () => false,
    ): Promise<Result> {
      running.add(rendering);
      try {
        return await rendering;
      } catch (error) {
        if (keeps(error)) throw error;
        throw toRenderFailure(error, request.signal, closing.signal);
      } finally {
        running.delete(rendering);
      }
    },
    async end(): Promise<void> {
      closing.abort();
      await Promise.allSettled(running);
    },
  };
}

export interface FileRender {
  readonly request: RenderRequest;
  readonly frames: number;
  /** Aborted when the request or the engine ends the render, or when a part of it has failed. */
  readonly signal: AbortSignal;
  /** Takes a count of finished frames, which may jump or fall, and reports each number once. */
  report(framesDone: number): void;
  fail(error: unknown): void;
}

/**
 * Renders a file on this machine.
 *
 * @param work writes the file and returns its path
 */
export function renderFile(
  renders: RunningRenders,
  request: RenderRequest,
  work: (render: FileRender) => Promise<string>,
): Promise<RenderedVideo> {
  const { durationMs, fps } = request.inputs;
  const frames = durationInFrames(durationMs, fps);
  const failed = new AbortController();
  const fail = (error: unknown) => failed.abort(error);
  const signal = AbortSignal.any([request.signal, renders.closing, failed.signal]);
  let reported = 0;
  const report = (framesDone: number) => {
    try {
      while (reported < framesDone && !signal.aborted) {
        reported += 1;
        request.onProgress(reported, frames);
      }
    } catch (error) {
      fail(error);
    }
  };
  const produce = async () => {
    signal.throwIfAborted();
    const path = await work({ request, frames, signal, report, fail });
    signal.throwIfAborted();
    const [{ size: sizeBytes }, contentSha256] = await Promise.all([stat(path), sha256OfFile(path)]);
    return { path, sizeBytes, contentSha256, frames };
  };
  return renders.track(request, produce());
}
