import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseByteRange } from '../../src/server/videos/byte-range.ts';

describe('a range of bytes', () => {
  it.each([
    ['bytes=0-0', { start: 0, end: 0 }],
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=5-', { start: 5, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-1000', { start: 0, end: 99 }],
    ['bytes=99-', { start: 99, end: 99 }],
    ['bytes=90-1000', { start: 90, end: 99 }],
    ['BYTES=1-2', { start: 1, end: 2 }],
    ['bytes= 1 - 2 ', { start: 1, end: 2 }],
    [`bytes=1-${'9'.repeat(400)}`, { start: 1, end: 99 }],
  ])('%s of 100 bytes is served', (header, range) => {
    expect(parseByteRange(header, 100)).toEqual(range);
  });

  it.each(['bytes=100-', 'bytes=100-200', 'bytes=-0', `bytes=${'9'.repeat(400)}-`])(
    '%s of 100 bytes can not be served',
    (header) => {
      expect(parseByteRange(header, 100)).toBe('unsatisfiable');
    },
  );

  it.each([
    undefined,
    '',
    'bytes',
    'bytes=',
    'bytes=-',
    'bytes=5-4',
    'bytes=a-b',
    'bytes=1-2,4-5',
    'lines=1-2',
    '0-5',
  ])('%s is ignored', (header) => {
    expect(parseByteRange(header, 100)).toBe('whole');
  });

  it('of an empty file can not be served', () => {
    expect(parseByteRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(parseByteRange('bytes=-5', 0)).toBe('unsatisfiable');
  });

  it('lies within the file and holds what was asked for', () => {
    const natural = fc.nat({ max: 200 });
    fc.assert(
      fc.property(natural, natural, natural, (first, last, size) => {
        const asked = Array.from({ length: size }, (_, byte) => byte).filter(
          (byte) => byte >= first && byte <= last,
        );
        const range = parseByteRange(`bytes=${first}-${last}`, size);
        if (last < first) expect(range).toBe('whole');
        else if (asked.length === 0) expect(range).toBe('unsatisfiable');
        else expect(range).toEqual({ start: asked[0], end: asked.at(-1) });
      }),
    );
  });
});
