'use client';

import { type ComponentPropsWithoutRef, forwardRef, useRef, useState } from 'react';
import type { ScrubberError } from '../core/scrubber-error.ts';
import { ScrubSlider, type ScrubSliderProps } from './scrub-slider.tsx';
import { type UseVideoScrubOptions, useVideoScrub } from './use-video-scrub.ts';

/** Props of {@link VideoScrubber}: those of its slider and video, and the options of `useVideoScrub`. */
export interface VideoScrubberProps
  extends Omit<ScrubSliderProps, 'value' | 'buffered' | 'onError'>,
    UseVideoScrubOptions,
    Pick<ComponentPropsWithoutRef<'video'>, 'src' | 'poster' | 'preload' | 'crossOrigin'> {
  /** Controlled position, 0..1. */
  readonly value?: number | undefined;
  /** Initial position of an uncontrolled scrubber, 0..1. (Default: 0) */
  readonly defaultValue?: number | undefined;
  /** Class name of the video. */
  readonly videoClassName?: string | undefined;
  /** Class name of the slider. */
  readonly sliderClassName?: string | undefined;
  /** Text displayed and announced when the video cannot be scrubbed. (Default: the error's message) */
  readonly formatError?: ((error: ScrubberError) => string) | undefined;
}

/**
 * A video with a slider that scrubs it, in a `div` that takes `ref`, `className` and `style`. For other layouts use
 * `useVideoScrub` with `ScrubSlider` or your own slider.
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
