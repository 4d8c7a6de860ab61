import { useState } from 'react';
import { useFrameClock } from '../../../position/use-frame-clock.ts';

/** Whether a position moves by the clock, and the way to begin and to end that. */
export interface Playback {
  readonly isPlaying: boolean;
  /** Goes on from where the position is, or from the beginning when it is at the end. */
  play(): void;
  stop(): void;
}

/**
 * Plays: moves the position from frame to frame of the display until it is at the end.
 *
 * @param durationMs time from position 0 to 1
 * @param onRest called with the position where it came to rest
 */
export function usePlayback(
  position: number,
  durationMs: number,
  onMove: (position: number) => void,
  onRest: (position: number) => void,
): Playback {
  const [isPlaying, setPlaying] = useState(false);
  useFrameClock(isPlaying, (passedMs) => {
    const next = Math.min(1, position + passedMs / durationMs);
    onMove(next);
    if (next < 1) return;
    setPlaying(false);
    onRest(next);
  });
  return {
    isPlaying,
    play() {
      if (position >= 1) onMove(0);
      setPlaying(true);
    },
    stop: () => setPlaying(false),
  };
}
