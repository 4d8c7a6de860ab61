/** Speed of a render, or {@link NO_SPEED} when it is unknown. */
export interface RenderSpeed {
  /** Smoothed frames per second; undefined until two steps of the same try. */
  readonly framesPerSecond: number | undefined;
  /** Estimated milliseconds until the last frame; undefined while the speed is. */
  readonly leftMs: number | undefined;
  readonly last: RenderStep | undefined;
}

/** A progress report of a render. */
export interface RenderStep {
  /** Job and try: speeds of different tries are unrelated. */
  readonly run: string;
  readonly framesDone: number;
  readonly framesTotal: number;
  /** From a monotonic clock. */
  readonly atMs: number;
}

export const NO_SPEED: RenderSpeed = { framesPerSecond: undefined, leftMs: undefined, last: undefined };

/** Time constant of the smoothing: a step this long after the last one has a weight of two thirds. */
const SMOOTHING_MS = 2_000;

/**
 * The speed after one more step. Frames arrive in chunks, so single steps are noisy: an exponential moving average
 * weighs newer steps more. A step without a new frame changes nothing; a new try starts over.
 */
export function nextSpeed(speed: RenderSpeed, step: RenderStep): RenderSpeed {
  const { last } = speed;
  // The time for frames before the first report, or before this try, is unknown.
  if (last === undefined || last.run !== step.run || step.framesDone < last.framesDone) {
    return { ...NO_SPEED, last: step };
  }
  const [frames, elapsedMs] = [step.framesDone - last.framesDone, step.atMs - last.atMs];
  if (frames === 0 || elapsedMs <= 0) return speed;
  const measured = (frames / elapsedMs) * 1_000;
  const weight = 1 - Math.exp(-elapsedMs / SMOOTHING_MS);
  const before = speed.framesPerSecond ?? measured;
  const framesPerSecond = before + (measured - before) * weight;
  const framesLeft = Math.max(0, step.framesTotal - step.framesDone);
  return { framesPerSecond, leftMs: (framesLeft / framesPerSecond) * 1_000, last: step };
}
