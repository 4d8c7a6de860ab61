import { expect, test } from 'vitest';
import { createFairQueue } from '../../../src/engine/embedded/fair-queue.ts';

const first = Symbol('first');
const second = Symbol('second');

test('within a group items come out in the order in which they went in', () => {
  const queue = createFairQueue<number>();
  for (const item of [1, 2, 3]) queue.push(first, item);
  expect([queue.take()?.item, queue.take()?.item, queue.take()?.item, queue.take()]).toEqual([
    1,
    2,
    3,
    undefined,
  ]);
});

test('two groups with nothing in work take turns', () => {
  const queue = createFairQueue<string>();
  for (const item of ['a1', 'a2', 'a3']) queue.push(first, item);
  for (const item of ['b1', 'b2']) queue.push(second, item);
  const order: string[] = [];
  for (let next = queue.take(); next; next = queue.take()) {
    order.push(next.item);
    queue.done(next.group);
  }
  expect(order).toEqual(['a1', 'b1', 'a2', 'b2', 'a3']);
});

test('the group with less in work is served first', () => {
  const queue = createFairQueue<string>();
  for (const item of ['a1', 'a2', 'a3', 'a4']) queue.push(first, item);
  expect([queue.take()?.item, queue.take()?.item]).toEqual(['a1', 'a2']);
  for (const item of ['b1', 'b2', 'b3']) queue.push(second, item);
  expect([queue.take()?.item, queue.take()?.item]).toEqual(['b1', 'b2']);
});

test('an item that was removed does not come out, and one that came out cannot be removed', () => {
  const queue = createFairQueue<string>();
  queue.push(first, 'taken');
  queue.push(first, 'removed');
  expect(queue.take()?.item).toBe('taken');
  expect(queue.remove(first, 'removed')).toBe(true);
  expect(queue.remove(first, 'taken')).toBe(false);
  expect(queue.take()).toBeUndefined();
  queue.done(first);
  expect(queue.remove(first, 'taken')).toBe(false);
});
