'use client';

import { type ComponentPropsWithoutRef, forwardRef, useRef, useState } from 'react';
import type { ScrubberError } from '../core/scrubber-error.ts';
import { ScrubSlider, type ScrubSliderProps } from './scrub-slider.tsx';
import { type UseVideoScrubOptions, useVideoScrub } from './use-video-scrub.ts';

/** Properties of {@link VideoScrubber}: those of its slider, of its video and of `useVideoScrub`. */
export interface VideoScrubberProps
  extends Omit<ScrubSliderProps, 'value' | 'buffered' | 'onError'>,
    UseVideoScrubOptions,
    Pick<ComponentPropsWithoutRef<'video'>, 'src' | 'poster' | 'preload' | 'crossOrigin'> {
  /** Position 0..1, for a scrubber that its parent controls. */
  readonly value?: number | undefined;
  /** Position 0..1 to begin at, for a scrubber that keeps its own position. (Default: 0) */
  readonly defaultValue?: number | undefined;
  /** Class of the video. */
  readonly videoClassName?: string | undefined;
  /** Class of the slider. */
  readonly sliderClassName?: string | undefined;
  /** What to say when the video cannot be scrubbed. (Default: the message of the error) */
  readonly formatError?: ((error: ScrubberError) => string) | undefined;
}

/**
 * A video and the slider that scrubs it, in a `div` that gets the ref, the class and the style. For another arrangement take
 * `useVideoScrub`, a video and `ScrubSlider`, or a slider of your own.
 */
export const VideoScrubber = forwardRef<HTMLDivElement, VideoScrubberProps>(
  function VideoScrubber(props, ref) {
    const {
      src,
      poster,
      preload = 'auto',
      crossOrigin,
      value: controlledValue,
      defaultValue = 0,
      onValueChange,
      createScrubber: _create,
      fps,
      onReady,
      onError,
      onStatusChange,
      className,
      style,
      videoClassName,
      sliderClassName,
      formatError = (problem: ScrubberError) => problem.message,
      ...slider
    } = props;
    const [ownValue, setOwnValue] = useState(defaultValue);
    const value = controlledValue ?? ownValue;
    const video = useRef<HTMLVideoElement>(null);
    const { error, buffered } = useVideoScrub(video, value, props);
    return (
      <div data-scrubber="root" {...{ ref, className, style }}>
        <video
          data-scrubber="video"
          className={videoClassName}
          muted
          playsInline
          {...{ ref: video, src, poster, preload, crossOrigin }}
        />
        <p data-scrubber="message" role="alert">
          {error && formatError(error)}
        </p>
        <ScrubSlider
          {...slider}
          className={sliderClassName}
          value={value}
          buffered={buffered}
          onValueChange={(next) => {
            setOwnValue(next);
            onValueChange?.(next);
          }}
        />
      </div>
    );
  },
);
