'use client';

import {
  type CSSProperties,
  forwardRef,
  type HTMLAttributes,
  type PointerEvent,
  useRef,
  useState,
} from 'react';
import type { BufferedRange } from '../core/create-scrubber.ts';
import { clampValue } from '../core/frames.ts';
import { defaultValueText } from './default-value-text.ts';

/** Properties of {@link ScrubSlider}; what it does not know goes to its `div`. */
export interface ScrubSliderProps
  extends Omit<
    HTMLAttributes<HTMLDivElement>,
    'defaultValue' | 'children' | 'onChange' | 'onPointerDown' | 'onPointerMove' | 'onLostPointerCapture'
  > {
  /** Position 0..1; what lies outside is taken for the nearest of both. */
  readonly value: number;
  /** Called with each new position while the slider moves. */
  readonly onValueChange?: ((value: number) => void) | undefined;
  /** Called with the position when the pointer has let go of the slider, or a key has moved it. */
  readonly onValueCommit?: ((value: number) => void) | undefined;
  /** What an arrow key moves by, above 0; a pointer moves freely. (Default: 0.01) */
  readonly step?: number | undefined;
  /** What Page Up, Page Down and an arrow key with Shift move by, above 0. (Default: 0.1) */
  readonly largeStep?: number | undefined;
  /** Whether the slider cannot be moved. (Default: false) */
  readonly disabled?: boolean | undefined;
  /** Name of the slider for assistive technology. (Default: `"Position"`) */
  readonly label?: string | undefined;
  /** What assistive technology says of a position. (Default: such as `"50 %, awareness"`) */
  readonly formatValueText?: ((value: number) => string) | undefined;
  /** Name of the field when the slider stands in a form; its value is the position. */
  readonly name?: string | undefined;
  /** Parts of the video that have been loaded, to be shown on the track. (Default: none) */
  readonly buffered?: readonly BufferedRange[] | undefined;
}

/**
 * The slider alone, for an arrangement of your own together with `useVideoScrub`.
 *
 * A press anywhere on it moves it there and drags it on. Keys, assistive technology and forms know it by the
 * `<input type="range">` inside. Without the style sheet of this package that input is all that is seen.
 */
export const ScrubSlider = forwardRef<HTMLDivElement, ScrubSliderProps>(function ScrubSlider(props, ref) {
  const {
    value: givenValue,
    onValueChange,
    onValueCommit,
    step = 0.01,
    largeStep = 0.1,
    disabled,
    label = 'Position',
    formatValueText = defaultValueText,
    name,
    buffered = [],
    style,
    ...rest
  } = props;
  const value = clampValue(givenValue);
  const [isDragging, setDragging] = useState(false);
  /** What it was moved to since it came to rest last. */
  const moved = useRef<number>(null);

  const change = (wanted: number) => {
    const next = clampValue(wanted);
    if (next === value) return;
    moved.current = next;
    onValueChange?.(next);
  };
  const commit = () => {
    if (moved.current !== null) onValueCommit?.(moved.current);
    moved.current = null;
  };
  const follow = ({ clientX, currentTarget }: PointerEvent<HTMLDivElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    const position = (clientX - left) / width;
    change(isRightToLeft(currentTarget) ? 1 - position : position);
  };
  return (
    <div
      {...rest}
      ref={ref}
      data-scrubber="track"
      data-dragging={isDragging || undefined}
      data-disabled={disabled || undefined}
      style={{ touchAction: 'pan-y', ...style, '--scrubber-value': value } as CSSProperties}
      onPointerDown={(event) => {
        if (disabled || event.button || !event.isPrimary) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragging(true);
        follow(event);
      }}
      onPointerMove={(event) => isDragging && follow(event)}
      onLostPointerCapture={({ currentTarget }) => {
        setDragging(false);
        commit();
        // Keys go on from where the pointer left the slider.
        currentTarget.querySelector('input')?.focus();
      }}
    >
      {buffered.map(([start, end]) => (
        <span
          key={start}
          data-scrubber="buffered"
          style={{ '--scrubber-start': start, '--scrubber-end': end } as CSSProperties}
        />
      ))}
      <span data-scrubber="range" />
      <span data-scrubber="thumb">
        <input
          type="range"
          max={1}
          step="any"
          style={{ pointerEvents: 'none' }}
          data-scrubber="input"
          aria-label={label}
          aria-valuetext={formatValueText(value)}
          {...{ name, disabled, value }}
          onChange={({ currentTarget }) => {
            change(currentTarget.valueAsNumber);
            commit();
          }}
          // Left to the browser, which knows Home and End, the steps would go from a grid of its own.
          onKeyDown={(event) => {
            const up = event.shiftKey ? largeStep : step;
            const right = isRightToLeft(event.currentTarget) ? -up : up;
            const distance = {
              PageDown: -largeStep,
              PageUp: largeStep,
              ArrowDown: -up,
              ArrowUp: up,
              ArrowLeft: -right,
              ArrowRight: right,
            }[event.key];
            if (!distance || event.altKey || event.metaKey) return;
            event.preventDefault();
            change(value + distance);
            commit();
          }}
        />
      </span>
    </div>
  );
});

function isRightToLeft(element: Element): boolean {
  return getComputedStyle(element).direction === 'rtl';
}
