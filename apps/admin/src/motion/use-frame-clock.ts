import { useEffect, useEffectEvent } from 'react';

/**
 * Calls back with each frame of the display as long as it runs.
 *
 * @param onFrame told the milliseconds since the frame before
 */
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
