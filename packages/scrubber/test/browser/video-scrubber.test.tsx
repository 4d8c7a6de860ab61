import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import axe from 'axe-core';
import { type ComponentProps, createRef, StrictMode, useState, version } from 'react';
import '@testing-library/jest-dom/vitest';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { commands, userEvent } from 'vitest/browser';
import { ScrubberError, VideoScrubber } from '../../src/index.ts';
import '../../src/styles.css';
import type { Point } from '../support/commands.ts';
import { mediaUrl } from '../support/media-url.ts';
import { shownFrame } from '../support/shown-frame.ts';
import { waitFor } from '../support/wait-for.ts';

afterEach(async () => {
  cleanup();
  await commands.emulateSystem({ forcedColors: 'none', reducedMotion: 'no-preference' });
});

const SOURCE = { src: mediaUrl('range/six.mp4'), crossOrigin: 'anonymous' } as const;

function show(props: ComponentProps<typeof VideoScrubber> = {}) {
  const view = render(<VideoScrubber {...SOURCE} {...props} />);
  const part = (name: string) =>
    view.container.querySelector<HTMLElement>(`[data-scrubber="${name}"]`) as HTMLElement;
  return {
    ...view,
    part,
    slider: screen.getByRole<HTMLInputElement>('slider'),
    video: part('video') as HTMLVideoElement,
  };
}

/** Waits until the video is settled at a frame. */
async function settledAt(video: HTMLVideoElement, frame: number): Promise<void> {
  await waitFor(() => {
    expect(video.dataset['status']).toBe('settled');
    expect(shownFrame(video)).toBe(frame);
  });
}

/** Point on the slider at a share of its width from the left. */
function at(track: HTMLElement, share: number): Point {
  const { left, top, width, height } = track.getBoundingClientRect();
  return [left + share * width, top + height / 2];
}

it('runs on the React version of the test project', ({ task }) => {
  expect(`React ${version.split('.')[0]}`).toBe(task.file.projectName?.split(' (')[0]);
});

describe('VideoScrubber with keys', () => {
  it.each([
    ['{ArrowRight}', 0.51],
    ['{ArrowUp}', 0.51],
    ['{ArrowLeft}', 0.49],
    ['{ArrowDown}', 0.49],
    ['{Shift>}{ArrowRight}{/Shift}', 0.6],
    ['{Shift>}{ArrowLeft}{/Shift}', 0.4],
    ['{PageUp}', 0.6],
    ['{PageDown}', 0.4],
    ['{Home}', 0],
    ['{End}', 1],
  ])('moves with %s from 0.5 to %d', async (keys, target) => {
    const onValueChange = vi.fn();
    const onValueCommit = vi.fn();
    const { slider, video } = show({ defaultValue: 0.5, onValueChange, onValueCommit });
    await userEvent.tab();
    expect(slider).toHaveFocus();
    await userEvent.keyboard(keys);
    expect(onValueChange.mock.calls).toEqual([[target]]);
    expect(onValueCommit.mock.calls).toEqual([[target]]);
    expect(slider.valueAsNumber).toBe(target);
    await settledAt(video, Math.round(target * 179));
  });

  it('moves by step and largeStep', async () => {
    const { slider } = show({ step: 0.05, largeStep: 0.25 });
    await userEvent.tab();
    await userEvent.keyboard('{ArrowRight}');
    expect(slider.valueAsNumber).toBe(0.05);
    await userEvent.keyboard('{End}{PageDown}');
    expect(slider.valueAsNumber).toBe(0.75);
    await userEvent.keyboard('{ArrowLeft}');
    expect(slider.valueAsNumber).toBe(0.7);
  });

  it('reverses left and right, but not up and down, in right-to-left text', async () => {
    const { slider } = show({ dir: 'rtl', defaultValue: 0.5 });
    await userEvent.tab();
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(slider.valueAsNumber).toBe(0.52);
    await userEvent.keyboard('{ArrowRight}{ArrowUp}');
    expect(slider.valueAsNumber).toBe(0.52);
  });

  it('cannot be focused when disabled', async () => {
    const { slider } = show({ disabled: true });
    await userEvent.tab();
    expect(slider).not.toHaveFocus();
  });
});

describe('VideoScrubber with a pointer', () => {
  it('jumps to a press, follows a drag and commits once on release', async () => {
    const onValueChange = vi.fn();
    const onValueCommit = vi.fn();
    const { part, slider, video } = show({ onValueChange, onValueCommit });
    const track = part('track');
    await commands.pressMouse([at(track, 0.25), at(track, 0.5), at(track, 0.75)]);
    expect(track).toHaveAttribute('data-dragging');
    expect(onValueCommit).not.toHaveBeenCalled();
    await commands.releaseMouse();
    expect(track).not.toHaveAttribute('data-dragging');
    const values = onValueChange.mock.calls.flat();
    expect(values).toEqual(values.toSorted());
    expect(values[0]).toBeCloseTo(0.25, 2);
    expect(values.at(-1)).toBeCloseTo(0.75, 2);
    expect(onValueCommit.mock.calls).toEqual([[values.at(-1)]]);
    expect(slider).toHaveFocus();
    await settledAt(video, 134);
  });

  it('follows a captured pointer outside the slider', async () => {
    const { part, video } = show();
    const track = part('track');
    const [x, y] = at(track, 1);
    await commands.pressMouse([at(track, 0.5), [x + 5, y - 200]]);
    await commands.releaseMouse();
    await settledAt(video, 179);
  });

  it('follows a touch drag', async () => {
    const onValueCommit = vi.fn();
    const { part, video } = show({ onValueCommit });
    const track = part('track');
    await commands.dragFinger([0.1, 0.2, 0.3, 0.5].map((share) => at(track, share)));
    await settledAt(video, 90);
    expect(onValueCommit.mock.calls.flat()).toEqual([expect.closeTo(0.5, 2)]);
  });

  it('measures from the right in right-to-left text', async () => {
    const { part, video } = show({ dir: 'rtl' });
    await commands.pressMouse([at(part('track'), 0.1)]);
    await commands.releaseMouse();
    await settledAt(video, 161);
  });

  it.each([
    ['when disabled', { disabled: true }, 'left'],
    ['with another button', {}, 'right'],
  ] as const)('ignores a press %s', async (_, props, button) => {
    const onValueChange = vi.fn();
    const { part } = show({ ...props, onValueChange });
    await commands.pressMouse([at(part('track'), 0.4), at(part('track'), 0.6)], button);
    await commands.releaseMouse(button);
    expect(onValueChange).not.toHaveBeenCalled();
  });
});

describe('VideoScrubber position', () => {
  it('follows a controlled value only', async () => {
    const onValueChange = vi.fn();
    const { rerender, slider, video } = show({ value: 0.5, onValueChange });
    await settledAt(video, 90);
    await userEvent.tab();
    await userEvent.keyboard('{ArrowRight}');
    expect(onValueChange.mock.calls).toEqual([[0.51]]);
    expect(slider.valueAsNumber).toBe(0.5);
    rerender(<VideoScrubber {...SOURCE} value={1} />);
    await settledAt(video, 179);
  });

  it('is submitted with a form', async () => {
    render(
      <form data-testid="form">
        <VideoScrubber {...SOURCE} name="position" defaultValue={0.25} />
      </form>,
    );
    const form = screen.getByTestId<HTMLFormElement>('form');
    expect([...new FormData(form)]).toEqual([['position', '0.25']]);
  });

  it('is set as --scrubber-value', () => {
    expect(show({ defaultValue: 0.25 }).part('track').style.getPropertyValue('--scrubber-value')).toBe(
      '0.25',
    );
  });
});

describe('VideoScrubber accessibility', () => {
  it('announces the label and a percentage', async () => {
    const { slider } = show({ label: 'Place in the film' });
    expect(slider).toHaveAccessibleName('Place in the film');
    expect(slider).toHaveAttribute('aria-valuetext', '0%');
    for (const [keys, text] of [
      ['{Shift>}{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}{/Shift}', '40%'],
      ['{End}', '100%'],
    ] as const) {
      slider.focus();
      await userEvent.keyboard(keys);
      expect(slider).toHaveAttribute('aria-valuetext', text);
    }
  });

  it('announces the text of formatValueText', () => {
    const { slider } = show({ defaultValue: 0.5, formatValueText: (value) => `${value * 6} seconds` });
    expect(slider).toHaveAttribute('aria-valuetext', '3 seconds');
  });

  it('commits a change made by assistive technology', () => {
    const onValueCommit = vi.fn();
    const { slider } = show({ onValueCommit });
    fireEvent.change(slider, { target: { value: '0.3' } });
    expect(onValueCommit.mock.calls).toEqual([[0.3]]);
  });

  it.each([
    ['ready', SOURCE.src],
    ['failed', mediaUrl('missing/six.mp4')],
  ])('passes axe when %s', async (_, src) => {
    const { container, video } = show({ src });
    await waitFor(() => expect(video.dataset['status']).toMatch(/settled|error/));
    const { violations } = await axe.run(container);
    expect(violations).toEqual([]);
  });

  it('announces the error of a missing video', async () => {
    const onError = vi.fn();
    show({ src: mediaUrl('missing/six.mp4'), onError });
    const alert = screen.getByRole('alert');
    await waitFor(() => expect(alert).toHaveTextContent('The video is unavailable.'));
    expect(onError.mock.calls).toEqual([[expect.any(ScrubberError)]]);
  });

  it('announces the text of formatError', async () => {
    show({ src: mediaUrl('text/six.mp4'), formatError: ({ code }) => `Leider: ${code}` });
    await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('Leider: unsupported'));
  });
});

describe('VideoScrubber appearance', () => {
  const thumbStyle = (thumb: HTMLElement) => getComputedStyle(thumb);

  it('shows a focus ring after Tab', async () => {
    const { part } = show();
    expect(thumbStyle(part('thumb')).outlineStyle).toBe('none');
    await userEvent.tab();
    expect(thumbStyle(part('thumb')).outlineStyle).toBe('solid');
  });

  it('stays visible with forced colours', async () => {
    await commands.emulateSystem({ forcedColors: 'active' });
    const { part } = show({ defaultValue: 0.5 });
    for (const [name, side] of [
      ['range', 'borderTopColor'],
      ['thumb', 'borderTopColor'],
    ] as const) {
      expect(getComputedStyle(part(name))[side]).not.toBe(getComputedStyle(document.body).backgroundColor);
    }
  });

  it('does not animate with reduced motion', async () => {
    await commands.emulateSystem({ reducedMotion: 'reduce' });
    const { part } = show({ src: mediaUrl('slow/six.mp4') });
    expect(getComputedStyle(part('track'), '::after').animationName).toBe('none');
  });

  it('works at 200 % zoom', async () => {
    const { container, part, video } = show();
    container.style.zoom = '2';
    container.style.width = '320px';
    await commands.pressMouse([at(part('track'), 0.5)]);
    await commands.releaseMouse();
    await settledAt(video, 90);
  });

  it('contains a native range input', () => {
    const { slider } = show();
    expect(slider).toHaveAttribute('type', 'range');
  });
});

describe('VideoScrubber in an app', () => {
  it('settles in StrictMode', async () => {
    const { container } = render(
      <StrictMode>
        <VideoScrubber {...SOURCE} defaultValue={1} />
      </StrictMode>,
    );
    await settledAt(container.querySelector('video') as HTMLVideoElement, 179);
  });

  it('calls onReady once per source', async () => {
    const onReady = vi.fn();
    const { rerender, video } = show({ onReady });
    await settledAt(video, 0);
    await waitFor(() => expect(onReady).toHaveBeenCalledTimes(1));
    rerender(<VideoScrubber {...SOURCE} src={mediaUrl('range/two.mp4')} onReady={onReady} />);
    await waitFor(() => expect(onReady).toHaveBeenCalledTimes(2));
  });

  it('recovers from an error when src changes', async () => {
    const { rerender, video } = show({ src: mediaUrl('missing/six.mp4'), value: 0.5 });
    await waitFor(() => expect(screen.getByRole('alert')).not.toBeEmptyDOMElement());
    rerender(<VideoScrubber {...SOURCE} value={0.5} />);
    await settledAt(video, 90);
    expect(screen.getByRole('alert')).toBeEmptyDOMElement();
  });

  it('unmounts during a seek without errors', async () => {
    const onError = vi.fn();
    const { unmount, rerender, video } = show({ value: 0, onError });
    await settledAt(video, 0);
    rerender(<VideoScrubber {...SOURCE} value={0.7} onError={onError} />);
    unmount();
    await waitFor(() => expect(video.seeking).toBe(false));
    expect(onError).not.toHaveBeenCalled();
  });

  it('passes ref, className and style to the root and class names to the parts', () => {
    const ref = createRef<HTMLDivElement>();
    const { part } = show({
      ref,
      className: 'a',
      videoClassName: 'b',
      sliderClassName: 'c',
      style: { color: 'red' },
    });
    expect(ref.current).toBe(part('root'));
    expect(part('root')).toHaveClass('a');
    expect(part('root')).toHaveStyle({ color: 'rgb(255, 0, 0)' });
    expect(part('video')).toHaveClass('b');
    expect(part('track')).toHaveClass('c');
  });

  it('renders once per value change, not per seek', async () => {
    const onRender = vi.fn();
    function App() {
      const [value, setValue] = useState(0);
      onRender();
      return <VideoScrubber {...SOURCE} value={value} onValueChange={setValue} />;
    }
    const { container } = render(<App />);
    await settledAt(container.querySelector('video') as HTMLVideoElement, 0);
    onRender.mockClear();
    await userEvent.tab();
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
    await settledAt(container.querySelector('video') as HTMLVideoElement, 5);
    expect(onRender).toHaveBeenCalledTimes(3);
  });
});
