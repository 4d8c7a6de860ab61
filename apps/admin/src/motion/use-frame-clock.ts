import { useEffect, useEffectEvent } from 'react';

/** Calls `onFrame` on each display frame with the milliseconds since the previous one. */
export function useFrameClock(isRunning: boolean, onFrame: (passedMs: number) => void): void {
  const tick = useEffectEvent(onFrame);
  useEffect(() => {
    if (!isRunning) return;
    let last: number | undefined;
    let request = requestAnimationFrame(function step(nowMs) {
      if (last !== undefined) tick(nowMs - last);
      last = nowMs;
      request = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(request);
  }, [isRunning]);
}
