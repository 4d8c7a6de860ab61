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

/** Props of {@link ScrubSlider}; all others are passed to its `div`. */
export interface ScrubSliderProps
  extends Omit<
    HTMLAttributes<HTMLDivElement>,
    'defaultValue' | 'children' | 'onChange' | 'onPointerDown' | 'onPointerMove' | 'onLostPointerCapture'
  > {
  /** Position, clamped to 0..1. */
  readonly value: number;
  /** Called with each new position while the slider moves. */
  readonly onValueChange?: ((value: number) => void) | undefined;
  /** Called with the position when the pointer is released, and after each key. */
  readonly onValueCommit?: ((value: number) => void) | undefined;
  /** Step of an arrow key, above 0; pointers move freely. (Default: 0.01) */
  readonly step?: number | undefined;
  /** Step of Page Up, Page Down and Shift with an arrow key, above 0. (Default: 0.1) */
  readonly largeStep?: number | undefined;
  /** Whether user input is ignored. (Default: false) */
  readonly disabled?: boolean | undefined;
  /** Accessible name of the slider. (Default: `"Position"`) */
  readonly label?: string | undefined;
  /** Text that assistive technology announces for a position. (Default: the percentage, such as `"50%"`) */
  readonly formatValueText?: ((value: number) => string) | undefined;
  /** Name of the form field; its value is the position. */
  readonly name?: string | undefined;
  /** Loaded parts of the video to show on the track. (Default: none) */
  readonly buffered?: readonly BufferedRange[] | undefined;
}

const formatPercent = (value: number) => `${Math.round(value * 100)}%`;

/**
 * The slider alone, for custom layouts with `useVideoScrub`.
 *
 * Pressing anywhere on it moves it there and starts a drag. Inside is an `<input type="range">` for keys, assistive technology
 * and forms; without the style sheet only that input is visible.
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
    formatValueText = formatPercent,
    name,
    buffered = [],
    style,
    ...rest
  } = props;
  const value = clampValue(givenValue);
  const [isDragging, setDragging] = useState(false);
  /** Uncommitted value, if any. */
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
        // So that keys continue from here.
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
          // The browser handles Home and End, but would snap steps to its own grid.
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
