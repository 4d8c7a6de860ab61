import { describe, expect, it } from 'vitest';
import {
  chunksOf,
  NO_SELECTION,
  selectedAmong,
  switchAll,
  switchOne,
  switchRange,
} from '../../src/lists/selection.ts';

const LISTED = ['a', 'b', 'c', 'd', 'e'];

describe('a selection', () => {
  it('counts what is in the list, in the order of the list', () => {
    const selection = switchOne(switchOne(switchOne(NO_SELECTION, 'd'), 'gone'), 'b');
    expect(selectedAmong(selection, LISTED)).toEqual(['b', 'd']);
  });

  it('is switched from the last one to another, in both directions, both included', () => {
    const down = switchRange(switchOne(NO_SELECTION, 'b'), 'd', LISTED);
    expect(selectedAmong(down, LISTED)).toEqual(['b', 'c', 'd']);
    const up = switchRange(switchOne(NO_SELECTION, 'd'), 'a', LISTED);
    expect(selectedAmong(up, LISTED)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('takes a range away where it ends at one that is selected', () => {
    const all = switchAll(NO_SELECTION, LISTED);
    const without = switchRange(switchOne(all, 'b'), 'd', LISTED);
    expect(selectedAmong(without, LISTED)).toEqual(['a', 'e']);
  });

  it('switches one alone where nothing was switched before, or where that has left the list', () => {
    expect(selectedAmong(switchRange(NO_SELECTION, 'c', LISTED), LISTED)).toEqual(['c']);
    const elsewhere = switchOne(NO_SELECTION, 'gone');
    expect(selectedAmong(switchRange(elsewhere, 'c', LISTED), LISTED)).toEqual(['c']);
  });

  it('switches all on, and off where all are on', () => {
    const all = switchAll(switchOne(NO_SELECTION, 'c'), LISTED);
    expect(selectedAmong(all, LISTED)).toEqual(LISTED);
    expect(selectedAmong(switchAll(all, LISTED), LISTED)).toEqual([]);
  });
});

describe('chunks of a list', () => {
  it.each([
    [0, []],
    [1, [1]],
    [100, [100]],
    [101, [100, 1]],
    [250, [100, 100, 50]],
  ])('of %i things have at most the length that was asked for, and lose none', (count, lengths) => {
    const items = Array.from({ length: count }, (_, index) => index);
    const chunks = chunksOf(items, 100);
    expect(chunks.map(({ length }) => length)).toEqual(lengths);
    expect(chunks.flat()).toEqual(items);
  });
});
