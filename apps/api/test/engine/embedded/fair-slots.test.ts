import { getEventListeners } from 'node:events';
import { expect, test } from 'vitest';
import { createFairSlots } from '../../../src/engine/embedded/fair-slots.ts';

const first = Symbol('first');
const second = Symbol('second');
const { signal } = new AbortController();

/** Slots that record in which order they are taken, and the functions that release them. */
function noting(count: number) {
  const slots = createFairSlots(count);
  const order: string[] = [];
  const releases: (() => void)[] = [];
  return {
    order,
    releases,
    async take(name: string, group: symbol, ending: AbortSignal = signal) {
      const release = await slots.take(group, ending);
      order.push(name);
      releases.push(release);
    },
  };
}

/** Runs the callbacks of all resolved promises. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

async function releaseAll({ releases }: ReturnType<typeof noting>) {
  for (let index = 0; index < releases.length; index += 1) {
    releases[index]?.();
    await settle();
  }
}

test('grants slots within a group in request order', async () => {
  const slots = noting(1);
  for (const name of ['a1', 'a2', 'a3']) void slots.take(name, first);
  await settle();
  expect(slots.order).toEqual(['a1']);
  await releaseAll(slots);
  expect(slots.order).toEqual(['a1', 'a2', 'a3']);
});

test('alternates between two groups when neither holds a slot', async () => {
  const slots = noting(1);
  for (const name of ['a1', 'a2', 'a3']) void slots.take(name, first);
  for (const name of ['b1', 'b2']) void slots.take(name, second);
  await settle();
  await releaseAll(slots);
  expect(slots.order).toEqual(['a1', 'a2', 'b1', 'a3', 'b2']);
});

test('serves the group that holds fewer slots first', async () => {
  const slots = noting(3);
  for (const name of ['a1', 'a2', 'a3', 'a4', 'a5']) void slots.take(name, first);
  for (const name of ['b1', 'b2', 'b3']) void slots.take(name, second);
  await settle();
  slots.releases[0]?.();
  await settle();
  expect(slots.order).toEqual(['a1', 'a2', 'a3', 'b1']);
  slots.releases[3]?.();
  await settle();
  expect(slots.order.at(-1)).toBe('b2');
});

test("rejects a waiting request with its signal's reason, and serves the others", async () => {
  const slots = noting(1);
  const aborting = new AbortController();
  const reason = new Error('cancelled');
  void slots.take('held', first);
  const waiting = slots.take('aborted', first, aborting.signal);
  void slots.take('served', first);
  aborting.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  await releaseAll(slots);
  expect(slots.order).toEqual(['held', 'served']);
});

test('removes its listener from the signal, so that the result can be garbage-collected', async () => {
  const slots = createFairSlots(1);
  const { signal } = new AbortController();
  (await slots.take(first, signal))();
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
