/** A value that RFC 8785 can serialize: JSON without `undefined`, functions, bigints, NaN or infinities. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/**
 * Serializes a value after the JSON Canonicalization Scheme (RFC 8785): no white space, object keys sorted by their UTF-16
 * code units, numbers and strings as ECMAScript writes them.
 *
 * One deliberate extension: the RFC refuses strings with lone surrogates; here they are written as `\udXXX` escapes, as
 * `JSON.stringify` does, because any string is a valid seed. The result is always valid UTF-8 when encoded.
 *
 * @throws TypeError for NaN, infinities and anything that is not JSON, naming the path
 */
export function canonicalizeJson(value: JsonValue, path = '$'): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`${path} is ${value}; JSON has only finite numbers`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map((item, index) => canonicalizeJson(item, `${path}[${index}]`)).join(',')}]`;
  }
  if (typeof value === 'object') {
    const object = value as { readonly [key: string]: JsonValue };
    // Without a comparator `sort` compares UTF-16 code units, as the RFC wants; a locale would differ by machine.
    const members = Object.keys(object)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalizeJson(object[key] as JsonValue, `${path}.${key}`)}`);
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`${path} is of type ${typeof value}; JSON has no such type`);
}
