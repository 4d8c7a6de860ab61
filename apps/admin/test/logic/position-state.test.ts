import { expect, it } from 'vitest';
import { positionState, positionText } from '../../src/motion/position-bar.tsx';

it('the text beside the slider names the same stage as its aria-valuetext', () => {
  for (let hundredth = 0; hundredth <= 100; hundredth += 1) {
    const position = hundredth / 100;
    expect(positionText(position)).toBe(`${hundredth} %, ${positionState(position).toLowerCase()}`);
  }
});
