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
  it('contains only listed ids, in list order', () => {
    const selection = switchOne(switchOne(switchOne(NO_SELECTION, 'd'), 'gone'), 'b');
    expect(selectedAmong(selection, LISTED)).toEqual(['b', 'd']);
  });

  it('selects the range from the last toggled id, in both directions', () => {
    const down = switchRange(switchOne(NO_SELECTION, 'b'), 'd', LISTED);
    expect(selectedAmong(down, LISTED)).toEqual(['b', 'c', 'd']);
    const up = switchRange(switchOne(NO_SELECTION, 'd'), 'a', LISTED);
    expect(selectedAmong(up, LISTED)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('deselects a range that ends at a selected id', () => {
    const all = switchAll(NO_SELECTION, LISTED);
    const without = switchRange(switchOne(all, 'b'), 'd', LISTED);
    expect(selectedAmong(without, LISTED)).toEqual(['a', 'e']);
  });

  it('toggles one id when there is no start of a range, or it has left the list', () => {
    expect(selectedAmong(switchRange(NO_SELECTION, 'c', LISTED), LISTED)).toEqual(['c']);
    const elsewhere = switchOne(NO_SELECTION, 'gone');
    expect(selectedAmong(switchRange(elsewhere, 'c', LISTED), LISTED)).toEqual(['c']);
  });

  it('selects all, and nothing when all are selected', () => {
    const all = switchAll(switchOne(NO_SELECTION, 'c'), LISTED);
    expect(selectedAmong(all, LISTED)).toEqual(LISTED);
    expect(selectedAmong(switchAll(all, LISTED), LISTED)).toEqual([]);
  });
});

describe('chunksOf', () => {
  it.each([
    [0, []],
    [1, [1]],
    [100, [100]],
    [101, [100, 1]],
    [250, [100, 100, 50]],
  ])('splits %i items into chunks of at most 100', (count, lengths) => {
    const items = Array.from({ length: count }, (_, index) => index);
    const chunks = chunksOf(items, 100);
    expect(chunks.map(({ length }) => length)).toEqual(lengths);
    expect(chunks.flat()).toEqual(items);
  });
});
