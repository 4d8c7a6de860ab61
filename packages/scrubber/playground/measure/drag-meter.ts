import { frameAt } from '@defrag/scrubber';

/** A frame presented while the slider moved. */
export interface Presented {
  /** Milliseconds since the meter started. */
  readonly atMs: number;
  readonly frame: number;
  /** Milliseconds since the last input that requested or passed this frame; undefined if none did. */
  readonly latencyMs: number | undefined;
}

/** Measures how fast a video follows inputs. */
export interface DragMeter {
  /** Call with each slider position, 0..1. */
  input(value: number): void;
  /** Clears all inputs and restarts the clock. */
  restart(): void;
  stop(): void;
}

/**
 * Measures the time from an input to the presentation of its frame.
 *
 * @param onPresented called when a different frame is presented
 */
export function startDragMeter(
  video: HTMLVideoElement,
  fps: number,
  onPresented: (presented: Presented) => void,
): DragMeter {
  let inputs: { atMs: number; frame: number }[] = [];
  let startMs = performance.now();
  let request = 0;
  let lastFrame: number | undefined;

  const latencyOf = (frame: number, nowMs: number) => {
    const index = inputs.findLastIndex(({ atMs, frame: wanted }, at) => {
      if (atMs > nowMs) return false;
      const before = inputs[at - 1]?.frame ?? wanted;
      return frame >= Math.min(before, wanted) && frame <= Math.max(before, wanted);
    });
    const input = inputs[index];
    return input && nowMs - input.atMs;
  };
  const tell = (frame: number, nowMs: number) => {
    // A resting video presents the frame that was on the canvas again.
    if (frame === lastFrame) return;
    lastFrame = frame;
    onPresented({ atMs: nowMs - startMs, frame, latencyMs: latencyOf(frame, nowMs) });
  };
  const watch = () => {
    request = video.requestVideoFrameCallback((nowMs, { mediaTime }) => {
      // mediaTime is the start of the frame, give or take rounding.
      tell(Math.floor(mediaTime * fps + 0.01), nowMs);
      watch();
    });
  };
  watch();
  // A frame painted on the canvas is displayed with the next refresh.
  const onCanvas = new MutationObserver((changes) => {
    const { target } = changes.at(-1) ?? {};
    if (!(target instanceof HTMLCanvasElement)) return;
    requestAnimationFrame((nowMs) => tell(Number(target.dataset['frame']), nowMs));
  });
  const { parentElement } = video;
  if (parentElement) onCanvas.observe(parentElement, { subtree: true, attributeFilter: ['data-frame'] });
  return {
    input(value) {
      const frames = Math.round(video.duration * fps);
      if (frames > 0) inputs.push({ atMs: performance.now(), frame: frameAt(value, frames) });
    },
    restart() {
      inputs = [];
      startMs = performance.now();
    },
    stop() {
      video.cancelVideoFrameCallback(request);
      onCanvas.disconnect();
    },
  };
}
