export interface ChunkPlan {
  readonly framesPerLambda: number;
  /** Concurrent invocations: one for each chunk, `launch`, which waits for them, and `start`. */
  readonly slots: number;
}

/** `start` and `launch`. */
const OTHER_INVOCATIONS = 2;

/**
 * Divides a video. Chunks become longer when the concurrency is too low for the preferred length.
 *
 * @param frames of the video
 * @param options.framesPerLambda preferred length of a chunk
 * @param options.concurrency concurrent invocations that are allowed, at least 3
 */
export function planChunks(
  frames: number,
  options: { framesPerLambda: number; concurrency: number },
): ChunkPlan {
  const mostChunks = options.concurrency - OTHER_INVOCATIONS;
  const framesPerLambda = Math.max(options.framesPerLambda, Math.ceil(frames / mostChunks));
  return { framesPerLambda, slots: Math.ceil(frames / framesPerLambda) + OTHER_INVOCATIONS };
}
