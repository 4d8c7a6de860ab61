import { describe, expect, it } from 'vitest';
import { NO_SPEED, nextSpeed, type RenderStep } from '../../src/pages/event/render/render-speed.ts';

const step = (atMs: number, framesDone: number, run = 'first 1'): RenderStep => ({
  run,
  framesDone,
  framesTotal: 180,
  atMs,
});

const seen = (...steps: RenderStep[]) => steps.reduce(nextSpeed, NO_SPEED);

describe('the speed of a render', () => {
  it('is unknown until two steps were seen', () => {
    expect(seen()).toMatchObject({ framesPerSecond: undefined, leftMs: undefined });
    expect(seen(step(0, 60))).toMatchObject({ framesPerSecond: undefined, leftMs: undefined });
  });

  it('does not count what was done before the watch began', () => {
    expect(seen(step(5_000, 100), step(6_000, 120)).framesPerSecond).toBeCloseTo(20);
  });

  it('of a steady render is exactly that, and the time left is what the rest takes', () => {
    const speed = seen(...Array.from({ length: 6 }, (_, index) => step(index * 500, index * 15)));
    expect(speed.framesPerSecond).toBeCloseTo(30);
    expect(speed.leftMs).toBeCloseTo(((180 - 75) / 30) * 1_000);
  });

  it('follows a change within seconds, but not each jump', () => {
    const steady = seen(step(0, 0), step(1_000, 30));
    const jumped = nextSpeed(steady, step(1_100, 60));
    expect(jumped.framesPerSecond).toBeGreaterThan(30);
    expect(jumped.framesPerSecond).toBeLessThan(60);
    let slow = steady;
    for (let second = 2; second <= 8; second += 1) slow = nextSpeed(slow, step(second * 1_000, 30 + second));
    expect(slow.framesPerSecond).toBeLessThan(4);
  });

  it('stays when a step brings no frame, which then counts with the next one', () => {
    const steady = seen(step(0, 0), step(1_000, 30));
    expect(nextSpeed(steady, step(1_500, 30))).toBe(steady);
    expect(nextSpeed(steady, step(2_000, 60)).framesPerSecond).toBeCloseTo(30);
  });

  it('begins anew with another try or another job, and has no time left at the end', () => {
    const steady = seen(step(0, 0), step(1_000, 90));
    expect(nextSpeed(steady, step(60_000, 90, 'first 2')).framesPerSecond).toBeUndefined();
    expect(nextSpeed(steady, step(1_500, 0)).framesPerSecond).toBeUndefined();
    expect(nextSpeed(steady, step(2_000, 180)).leftMs).toBe(0);
  });
});
