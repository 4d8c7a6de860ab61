import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalizeJson, type JsonValue } from '../src/inputs/json-canonicalization.ts';

describe('canonicalizeJson', () => {
  it('matches another RFC 8785 implementation for any JSON value', () => {
    const anyJson = fc.jsonValue({ maxDepth: 4, stringUnit: 'binary' });
    fc.assert(
      fc.property(anyJson, (value) => {
        // The other implementation rejects lone surrogates, as the RFC requires.
        fc.pre(JSON.stringify(value).isWellFormed() && !/\\ud[89a-f]/i.test(JSON.stringify(value)));
        expect(canonicalizeJson(value as JsonValue)).toBe(canonicalize(value));
      }),
      { numRuns: 500 },
    );
  });

  it('reproduces the example in RFC 8785, section 3.2.2', () => {
    const example = {
      // biome-ignore lint/correctness/noPrecisionLoss: the RFC's example has more digits than a double on purpose
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalizeJson(example)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts keys by UTF-16 code units, not by code points', () => {
    // U+1F600 starts with the surrogate U+D83D, which sorts before U+FB33 although the code point is larger.
    expect(canonicalizeJson({ '\ufb33': 1, '\u{1f600}': 2 })).toBe('{"\u{1f600}":2,"\ufb33":1}');
  });

  it('returns the same text for any key order, which parses to the same value', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), (dictionary) => {
        const reversed = Object.fromEntries(Object.entries(dictionary).reverse());
        const text = canonicalizeJson(dictionary);
        expect(canonicalizeJson(reversed)).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(dictionary)));
      }),
    );
  });

  it('escapes lone surrogates, so that the text is always valid UTF-8', () => {
    expect(canonicalizeJson('\ud800')).toBe('"\\ud800"');
  });

  it.each([
    [{ list: [1, Number.NaN] }, '$.list[1]'],
    [{ deep: { number: Number.POSITIVE_INFINITY } }, '$.deep.number'],
    [{ nothing: undefined as unknown as null }, '$.nothing'],
  ])('throws TypeError naming the path of the non-JSON value in %o', (value, place) => {
    expect(() => canonicalizeJson(value)).toThrow(place);
    expect(() => canonicalizeJson(value)).toThrow(TypeError);
  });
});
