import { ScrubSlider } from '@defrag/scrubber';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { positionState } from '../../src/motion/position-bar.tsx';

it('positionState matches the state that the slider announces', () => {
  for (let hundredth = 0; hundredth <= 100; hundredth += 1) {
    const value = hundredth / 100;
    const slider = renderToStaticMarkup(createElement(ScrubSlider, { value }));
    expect(slider).toContain(`%, ${positionState(value).toLowerCase()}"`);
  }
});
