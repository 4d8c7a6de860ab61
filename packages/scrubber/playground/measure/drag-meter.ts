import { frameAt } from '@defrag/scrubber';

/** A frame that was presented while the slider moved. */
export interface Presented {
  /** Milliseconds since the meter was started. */
  readonly atMs: number;
  readonly frame: number;
  /** Milliseconds since the input that last asked for this frame, or passed it; none for a frame nobody asked for. */
  readonly latencyMs: number | undefined;
}

/** Watches what a video shows after inputs. */
export interface DragMeter {
  /** To be called with each position 0..1 that the slider is moved to. */
  input(value: number): void;
  /** Forgets all that was seen so far, and begins at 0 milliseconds again. */
  restart(): void;
  /** Ends the watch. */
  stop(): void;
}

/**
 * Measures the time from an input to its frame on the screen, as the browser tells it of each frame that it presents.
 *
 * @param onPresented called for each frame that is another than the one before
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
    // A video that comes to rest presents once more what was on the canvas.
    if (frame === lastFrame) return;
    lastFrame = frame;
    onPresented({ atMs: nowMs - startMs, frame, latencyMs: latencyOf(frame, nowMs) });
  };
  const watch = () => {
    request = video.requestVideoFrameCallback((nowMs, { mediaTime }) => {
      // A frame begins at its media time, but for rounding.
      tell(Math.floor(mediaTime * fps + 0.01), nowMs);
      watch();
    });
  };
  watch();
  // Frames on a canvas over the video are on the screen with its next picture.
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
