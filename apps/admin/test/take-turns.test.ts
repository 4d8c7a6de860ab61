import { describe, expect, it } from 'vitest';
import { createTurns } from '../src/pages/videos/thumbnail/take-turns.ts';

describe('turns', () => {
  it('are taken by a few at a time, and everybody gets one', async () => {
    const turns = createTurns(2);
    let running = 0;
    let most = 0;
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        turns.run(async () => {
          running += 1;
          most = Math.max(most, running);
          await Promise.resolve();
          running -= 1;
          return index;
        }, new AbortController().signal),
      ),
    );
    expect(most).toBe(2);
    expect(results).toEqual(Array.from({ length: 20 }, (_, index) => index));
  });

  it('go on after a task that fails, whose error its caller gets', async () => {
    const turns = createTurns(1);
    const { signal } = new AbortController();
    const failing = turns.run(() => Promise.reject(new Error('broken')), signal);
    const next = turns.run(async () => 'done', signal);
    await expect(failing).rejects.toThrow('broken');
    expect(await next).toBe('done');
  });

  it('are not taken by who has gone meanwhile', async () => {
    const turns = createTurns(1);
    const first = Promise.withResolvers<void>();
    const gone = new AbortController();
    const calls: string[] = [];
    const staying = new AbortController().signal;
    const running = turns.run(() => first.promise, staying);
    const left = turns.run(async () => void calls.push('gone'), gone.signal);
    const last = turns.run(async () => void calls.push('last'), staying);
    gone.abort(new Error('out of view'));
    first.resolve();
    await running;
    await expect(left).rejects.toThrow('out of view');
    await last;
    expect(calls).toEqual(['last']);
  });
});
