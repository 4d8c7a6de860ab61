import { useState } from 'react';
import { useFrameClock } from '../../position/use-frame-clock.ts';

/** Milliseconds for which the last picture stands before the motion starts over. */
const REST_MS = 700;

/** The position of a motion that plays, and the way to set where it goes on. */
export interface Playback {
  /** Position 0..1. */
  readonly position: number;
  setPosition(position: number): void;
}

/**
 * Lets a position run from 0 to 1 in the time of the video, over and over, as long as it plays.
 *
 * @param durationMs length of the video in milliseconds
 */
export function usePlayback(isPlaying: boolean, durationMs: number): Playback {
  /** Milliseconds since the beginning, as a share of the duration: above 1 it rests. */
  const [elapsed, setElapsed] = useState(0);
  useFrameClock(isPlaying, (passedMs) => {
    const next = elapsed + passedMs / durationMs;
    setElapsed(next > 1 + REST_MS / durationMs ? 0 : next);
  });
  return { position: Math.min(elapsed, 1), setPosition: setElapsed };
}
