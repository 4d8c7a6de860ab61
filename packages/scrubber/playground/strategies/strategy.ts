/** Moves a video to positions 0..1, until it is destroyed. */
export interface ScrubStrategyController {
  seek(value: number): void;
  destroy(): void;
}

/** One way to scrub a video, with `fps` frames a second. */
export type ScrubStrategy = (video: HTMLVideoElement, options: { fps: number }) => ScrubStrategyController;
