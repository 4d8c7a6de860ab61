import { describe, expect, it } from 'vitest';
import {
  type ConditionalHeaders,
  evaluatePreconditions,
  rangeApplies,
} from '../../src/server/videos/preconditions.ts';

const FILE = { etag: '"abc"', lastModified: new Date('2026-01-31T12:00:00Z') };
const SAME = 'Sat, 31 Jan 2026 12:00:00 GMT';
const EARLIER = 'Sat, 31 Jan 2026 11:59:59 GMT';
const LATER = 'Sat, 31 Jan 2026 12:00:01 GMT';

describe('the conditions of a request', () => {
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

  it('puts entity tags before dates', () => {
    expect(evaluatePreconditions({ 'if-none-match': '"x"', 'if-modified-since': LATER }, FILE)).toBe('send');
    expect(evaluatePreconditions({ 'if-match': '"abc"', 'if-unmodified-since': EARLIER }, FILE)).toBe('send');
  });

  it('puts If-Match before If-None-Match', () => {
    expect(evaluatePreconditions({ 'if-match': '"x"', 'if-none-match': '"abc"' }, FILE)).toBe(412);
  });
});

describe('If-Range', () => {
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
