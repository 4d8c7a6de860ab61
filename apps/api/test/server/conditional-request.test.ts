import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ConditionalHeaders,
  evaluatePreconditions,
  parseByteRange,
  rangeApplies,
} from '../../src/server/videos/conditional-request.ts';

const FILE = { etag: '"abc"', lastModified: new Date('2026-01-31T12:00:00Z') };
const SAME = 'Sat, 31 Jan 2026 12:00:00 GMT';
const EARLIER = 'Sat, 31 Jan 2026 11:59:59 GMT';
const LATER = 'Sat, 31 Jan 2026 12:00:01 GMT';

describe('evaluatePreconditions', () => {
  it.each<[ConditionalHeaders, 'send' | 304 | 412]>([
    [{}, 'send'],
    [{ 'if-none-match': '"abc"' }, 304],
    [{ 'if-none-match': 'W/"abc"' }, 304],
    [{ 'if-none-match': '*' }, 304],
    [{ 'if-none-match': '"x", "abc" , W/"y"' }, 304],
    [{ 'if-none-match': '"abcd"' }, 'send'],
    [{ 'if-none-match': 'abc' }, 'send'],
    [{ 'if-modified-since': SAME }, 304],
    [{ 'if-modified-since': LATER }, 304],
    [{ 'if-modified-since': EARLIER }, 'send'],
    [{ 'if-modified-since': 'yesterday' }, 'send'],
    [{ 'if-modified-since': '2030' }, 'send'],
    [{ 'if-match': '"abc"' }, 'send'],
    [{ 'if-match': '*' }, 'send'],
    [{ 'if-match': '"x"' }, 412],
    [{ 'if-match': 'W/"abc"' }, 412],
    [{ 'if-unmodified-since': SAME }, 'send'],
    [{ 'if-unmodified-since': EARLIER }, 412],
    [{ 'if-unmodified-since': 'soon' }, 'send'],
  ])('%j: %s', (headers, result) => {
    expect(evaluatePreconditions(headers, FILE)).toBe(result);
  });

  it('prefers entity tags to dates', () => {
    expect(evaluatePreconditions({ 'if-none-match': '"x"', 'if-modified-since': LATER }, FILE)).toBe('send');
    expect(evaluatePreconditions({ 'if-match': '"abc"', 'if-unmodified-since': EARLIER }, FILE)).toBe('send');
  });

  it('checks If-Match before If-None-Match', () => {
    expect(evaluatePreconditions({ 'if-match': '"x"', 'if-none-match': '"abc"' }, FILE)).toBe(412);
  });
});

describe('rangeApplies', () => {
  it.each([
    [undefined, true],
    ['"abc"', true],
    [' "abc" ', true],
    [SAME, true],
    ['W/"abc"', false],
    ['"x"', false],
    [LATER, false],
    [EARLIER, false],
    ['', false],
  ])('%s: %s', (header, applies) => {
    expect(rangeApplies(header, FILE)).toBe(applies);
  });
});

describe('parseByteRange', () => {
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
  ])('accepts %s for 100 bytes', (header, range) => {
    expect(parseByteRange(header, 100)).toEqual(range);
  });

  it.each(['bytes=100-', 'bytes=100-200', 'bytes=-0', `bytes=${'9'.repeat(400)}-`])(
    'rejects %s for 100 bytes as unsatisfiable',
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
  ])('ignores %s', (header) => {
    expect(parseByteRange(header, 100)).toBe('whole');
  });

  it('rejects every range of an empty file', () => {
    expect(parseByteRange('bytes=0-', 0)).toBe('unsatisfiable');
    expect(parseByteRange('bytes=-5', 0)).toBe('unsatisfiable');
  });

  it('returns the requested bytes that exist', () => {
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
