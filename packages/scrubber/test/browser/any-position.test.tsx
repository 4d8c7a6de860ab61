import { cleanup, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { ScrubSlider } from '../../src/index.ts';

afterEach(cleanup);

/** A position between steps, as after a drag. */
const ANYWHERE = 0.0437;

function Field() {
  const [value, setValue] = useState(ANYWHERE);
  return (
    <form aria-label="form">
      <ScrubSlider name="position" value={value} onValueChange={setValue} />
    </form>
  );
}

function position(): number {
  return Number(new FormData(screen.getByRole<HTMLFormElement>('form')).get('position'));
}

describe('ScrubSlider at a position between steps', () => {
  it('submits the exact position in a form', () => {
    render(<Field />);
    expect(position()).toBe(ANYWHERE);
  });

  it.each([
    ['{Home}', 0],
    ['{End}', 1],
    ['{PageDown}', 0],
    ['{Shift>}{ArrowLeft}{/Shift}', 0],
    ['{ArrowDown>5/}', 0],
    ['{ArrowRight}', ANYWHERE + 0.01],
    ['{PageUp}', ANYWHERE + 0.1],
  ])('moves with %s to %d', async (keys, target) => {
    render(<Field />);
    await userEvent.tab();
    await userEvent.keyboard(keys);
    expect(position()).toBeCloseTo(target, 12);
  });

  it('ignores keys with Meta', async () => {
    render(<Field />);
    await userEvent.tab();
    const prevented: boolean[] = [];
    addEventListener('keydown', (event) => prevented.push(event.defaultPrevented), { once: true });
    const init = { key: 'ArrowLeft', metaKey: true, bubbles: true, cancelable: true };
    screen.getByRole('slider').dispatchEvent(new KeyboardEvent('keydown', init));
    expect(prevented).toEqual([false]);
    expect(position()).toBe(ANYWHERE);
  });
});
