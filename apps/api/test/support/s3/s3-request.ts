import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { S3Error } from './s3-error.ts';

/** A parsed request to `/bucket/key`. */
export interface S3Request {
  readonly method: string;
  /** Empty for the root of the server. */
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  /** Decoded, in the order of the URL; a name without `=` has an empty value. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Decoded, with its leading slash. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The body; can be read once. */
  readonly stream: IncomingMessage;
}

/** @throws S3Error InvalidRequest for a URL that cannot be decoded */
export function parseRequest(stream: IncomingMessage): S3Request {
  const [rawPath = '/', rawQuery = ''] = splitOnce(stream.url ?? '/', '?');
  const path = decode(rawPath);
  const [bucket, key] = splitOnce(path.slice(1), '/');
  const query = rawQuery
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name, value] = splitOnce(pair, '=');
      return [decode(name), decode(value)] as const;
    });
  return { method: stream.method ?? 'GET', bucket, key, query, path, headers: stream.headers, stream };
}

export function parameter({ query }: S3Request, name: string): string | undefined {
  return query.find(([each]) => each === name)?.[1];
}

export function header({ headers }: S3Request, name: string): string | undefined {
  return headers[name]?.toString();
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new S3Error('InvalidRequest', 'The URL cannot be decoded.');
  }
}
