import { useEffect, useEffectEvent, useState } from 'react';

/** Moves a position by the clock. */
export interface Playback {
  readonly isPlaying: boolean;
  /** Goes on from where the position is, or from the beginning when it is at the end; or stops. */
  toggle(): void;
  stop(): void;
}

/**
 * Plays: moves the position from frame to frame of the display until it is at the end.
 *
 * @param durationMs time from position 0 to 1
 * @param onEnd called with the position where it came to rest by itself
 */
export function usePlayback(
  position: number,
  durationMs: number,
  onMove: (position: number) => void,
  onEnd: (position: number) => void,
): Playback {
  const [isPlaying, setPlaying] = useState(false);
  const move = useEffectEvent((elapsedMs: number) => {
    const next = Math.min(1, position + elapsedMs / durationMs);
    onMove(next);
    if (next < 1) return;
    setPlaying(false);
    onEnd(next);
  });
  useEffect(() => {
    if (!isPlaying) return;
    let last: number | undefined;
    let request = requestAnimationFrame(function step(nowMs) {
      if (last !== undefined) move(nowMs - last);
      last = nowMs;
      request = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(request);
  }, [isPlaying]);
  return {
    isPlaying,
    toggle() {
      if (!isPlaying && position >= 1) onMove(0);
      setPlaying(!isPlaying);
    },
    stop: () => setPlaying(false),
  };
}
