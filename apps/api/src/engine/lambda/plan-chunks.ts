/** How a video is divided among invocations. */
export interface ChunkPlan {
  readonly framesPerLambda: number;
  /** Invocations at the same time: one for each chunk, one that waits for them, and the one that began it all. */
  readonly slots: number;
}

/** Invocations of a render that render no chunk. */
const OTHER_INVOCATIONS = 2;

/**
 * Divides a video. Chunks become longer when there are not as many invocations to be had.
 *
 * @param frames of the video
 * @param options.framesPerLambda wanted length of a chunk
 * @param options.concurrency invocations at the same time that may be had in all, at least 3
 */
export function planChunks(
  frames: number,
  options: { framesPerLambda: number; concurrency: number },
): ChunkPlan {
  const mostChunks = options.concurrency - OTHER_INVOCATIONS;
  const framesPerLambda = Math.max(options.framesPerLambda, Math.ceil(frames / mostChunks));
  return { framesPerLambda, slots: Math.ceil(frames / framesPerLambda) + OTHER_INVOCATIONS };
}
