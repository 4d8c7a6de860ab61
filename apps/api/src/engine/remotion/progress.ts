/** Of a hundred parts of a render, how many are capturing; the rest is encoding. Measured at 180 frames on two processors. */
const CAPTURING_PERCENT = 75;

/** Turns two counts, of captured and of encoded frames, into one that only ever grows, by one at a time. */
export interface RenderProgress {
  captured(frames: number): void;
  encoded(frames: number): void;
}

/**
 * See {@link RenderProgress}.
 *
 * @param framesTotal frames of the video; both counts end there
 * @param onProgress told each number from 1 to `framesTotal` once, the last when all is encoded
 */
export function createRenderProgress(
  framesTotal: number,
  onProgress: (framesDone: number, framesTotal: number) => void,
): RenderProgress {
  let capturedFrames = 0;
  let encodedFrames = 0;
  let reported = 0;
  const report = () => {
    const weighted = CAPTURING_PERCENT * capturedFrames + (100 - CAPTURING_PERCENT) * encodedFrames;
    const framesDone = Math.min(Math.floor(weighted / 100), framesTotal);
    while (reported < framesDone) {
      reported += 1;
      onProgress(reported, framesTotal);
    }
  };
  return {
    captured(frames) {
      capturedFrames = Math.max(capturedFrames, Math.min(frames, framesTotal));
      report();
    },
    encoded(frames) {
      encodedFrames = Math.max(encodedFrames, Math.min(frames, framesTotal));
      report();
    },
  };
}
