/** What is known of how fast a render goes; {@link NO_SPEED} before anything is. */
export interface RenderSpeed {
  /** Frames per second, smoothed; undefined until two steps of one try were seen. */
  readonly framesPerSecond: number | undefined;
  /** Milliseconds until the last frame at that speed; undefined as long as the speed is. */
  readonly leftMs: number | undefined;
  /** The step that was seen last. */
  readonly last: RenderStep | undefined;
}

/** One step of a render's progress, and when it was seen. */
export interface RenderStep {
  /** The job and its try: the speed of one says nothing of another. */
  readonly run: string;
  readonly framesDone: number;
  readonly framesTotal: number;
  /** Milliseconds on any clock that only goes forwards. */
  readonly atMs: number;
}

/** Nothing is known yet. */
export const NO_SPEED: RenderSpeed = { framesPerSecond: undefined, leftMs: undefined, last: undefined };

/** Milliseconds over which the speed is smoothed: a step this long after the last counts for two thirds. */
const SMOOTHING_MS = 2_000;

/**
 * The speed after one more step. Frames come in chunks, so each pair of steps is only a part of the truth: newer ones count
 * exponentially more. A step without a new frame says nothing; another try begins anew.
 */
export function nextSpeed(speed: RenderSpeed, step: RenderStep): RenderSpeed {
  const { last } = speed;
  // What was done before the watch began, or before this try, took an unknown time.
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
