/** Moves a video to positions 0..1. */
export interface ScrubStrategyController {
  seek(value: number): void;
  destroy(): void;
}

/** A way to scrub a video of `fps` frames per second. */
export type ScrubStrategy = (video: HTMLVideoElement, options: { fps: number }) => ScrubStrategyController;
