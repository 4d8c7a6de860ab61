import { deriveMotion, frameProgress } from '@defrag/core';
import { type ReactElement, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useCurrentFrame, useDelayRender, useVideoConfig } from 'remotion';
import { createRasterFrameSource, type FrameSource } from '../raster-frame-source.ts';
import { loadCanvasKit } from './load-canvaskit.ts';
import type { DefragVideoProps } from './schema.ts';

/** Remotion component for the video of one friction event. CanvasKit draws into memory, so previews have the pixels of the video. */
export function DefragVideo({ friction_score, pressure_score, seed }: DefragVideoProps): ReactElement {
  const frame = useCurrentFrame();
  const { width, height, durationInFrames } = useVideoConfig();
  const { source, onFirstFrame } = useFrameSource(width, height);
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const profile = useMemo(
    () => deriveMotion({ frictionScore: friction_score, pressureScore: pressure_score }, seed),
    [friction_score, pressure_score, seed],
  );

  // A layout effect, so that the pixels are ready before the browser paints or takes a screenshot.
  useLayoutEffect(() => {
    const canvas = canvasRef.current;
    const context = canvas?.getContext('2d', { alpha: false, willReadFrequently: true });
    // For one commit after a resize, the source still has the old size.
    if (!canvas || !context || source?.width !== width || source.height !== height) return;
    const pixels = source.draw(profile, frameProgress(frame, durationInFrames));
    const shown = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.byteLength);
    context.putImageData(new ImageData(shown, width, height), 0, 0);
    // Lets tests know which frame is on the canvas.
    canvas.dataset['painted'] = `${frame}/${durationInFrames}`;
    onFirstFrame?.();
  }, [source, onFirstFrame, profile, frame, durationInFrames, width, height]);

  return <canvas ref={canvasRef} width={width} height={height} style={{ display: 'block', width, height }} />;
}

type LoadedSource = { source: FrameSource | undefined; onFirstFrame: (() => void) | undefined };

const NOTHING_LOADED: LoadedSource = { source: undefined, onFirstFrame: undefined };

/** Frame source of this size once CanvasKit has loaded. Delays the render until the first frame is drawn. */
function useFrameSource(width: number, height: number): LoadedSource {
  const [loaded, setLoaded] = useState(NOTHING_LOADED);
  const { delayRender, continueRender, cancelRender } = useDelayRender();

  useLayoutEffect(() => {
    const handle = delayRender('Loading CanvasKit');
    let source: FrameSource | undefined;
    let abandoned = false;
    loadCanvasKit()
      .then((canvasKit) => {
        if (abandoned) return;
        source = createRasterFrameSource(canvasKit, { width, height });
        setLoaded({ source, onFirstFrame: () => continueRender(handle) });
      })
      .catch((error: unknown) => cancelRender(error));
    return () => {
      abandoned = true;
      setLoaded(NOTHING_LOADED);
      source?.dispose();
      continueRender(handle);
    };
  }, [width, height, delayRender, continueRender, cancelRender]);

  return loaded;
}
