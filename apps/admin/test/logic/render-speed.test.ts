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
  it('is unknown before the second step', () => {
    expect(seen()).toMatchObject({ framesPerSecond: undefined, leftMs: undefined });
    expect(seen(step(0, 60))).toMatchObject({ framesPerSecond: undefined, leftMs: undefined });
  });

  it('ignores frames rendered before the first step', () => {
    expect(seen(step(5_000, 100), step(6_000, 120)).framesPerSecond).toBeCloseTo(20);
  });

  it('equals the speed of a steady render, and gives the time left', () => {
    const speed = seen(...Array.from({ length: 6 }, (_, index) => step(index * 500, index * 15)));
    expect(speed.framesPerSecond).toBeCloseTo(30);
    expect(speed.leftMs).toBeCloseTo(((180 - 75) / 30) * 1_000);
  });

  it('follows a change within seconds, but smooths single jumps', () => {
    const steady = seen(step(0, 0), step(1_000, 30));
    const jumped = nextSpeed(steady, step(1_100, 60));
    expect(jumped.framesPerSecond).toBeGreaterThan(30);
    expect(jumped.framesPerSecond).toBeLessThan(60);
    let slow = steady;
    for (let second = 2; second <= 8; second += 1) slow = nextSpeed(slow, step(second * 1_000, 30 + second));
    expect(slow.framesPerSecond).toBeLessThan(4);
  });

  it('does not change on a step without new frames, and counts its time with the next step', () => {
    const steady = seen(step(0, 0), step(1_000, 30));
    expect(nextSpeed(steady, step(1_500, 30))).toBe(steady);
    expect(nextSpeed(steady, step(2_000, 60)).framesPerSecond).toBeCloseTo(30);
  });

  it('starts over with another try, and has no time left at the end', () => {
    const steady = seen(step(0, 0), step(1_000, 90));
    expect(nextSpeed(steady, step(60_000, 90, 'first 2')).framesPerSecond).toBeUndefined();
    expect(nextSpeed(steady, step(1_500, 0)).framesPerSecond).toBeUndefined();
    expect(nextSpeed(steady, step(2_000, 180)).leftMs).toBe(0);
  });
});
