import { createHash, createHmac } from 'node:crypto';
import type { S3Request } from './s3-request.ts';

/** The only algorithm there is. */
export const ALGORITHM = 'AWS4-HMAC-SHA256';

/** Who signed, for what, and with which headers. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  /** `YYYYMMDD`. */
  readonly day: string;
  readonly region: string;
  readonly service: string;
  /** `aws4_request`. */
  readonly terminator: string;
  /** Lowercase, in the order of the claim. */
  readonly signedHeaders: readonly string[];
  /** `YYYYMMDDTHHMMSSZ`. */
  readonly timestamp: string;
  /** 64 hexadecimal digits. */
  readonly signature: string;
}

/**
 * The signature that a request should carry, calculated from what arrived: AWS Signature Version 4 as S3 uses it (the path is
 * encoded once, `X-Amz-Signature` itself is left out).
 *
 * @param payloadHash what stands in the place of the body's digest
 * @returns 64 hexadecimal digits
 */
export function calculateSignature(
  request: S3Request,
  claim: SignatureClaim,
  options: { payloadHash: string; secretAccessKey: string },
): string {
  const canonicalRequest = [
    request.method,
    encodePath(request.path),
    canonicalQuery(request),
    ...claim.signedHeaders.map((name) => `${name}:${canonicalHeader(request, name)}`),
    '',
    claim.signedHeaders.join(';'),
    options.payloadHash,
  ].join('\n');
  const scope = [claim.day, claim.region, claim.service, claim.terminator];
  const stringToSign = [
    ALGORITHM,
    claim.timestamp,
    scope.join('/'),
    createHash('sha256').update(canonicalRequest).digest('hex'),
  ].join('\n');
  const signingKey = scope.reduce<Buffer>(hmac, Buffer.from(`AWS4${options.secretAccessKey}`));
  return hmac(signingKey, stringToSign).toString('hex');
}

/** Milliseconds since 1970 of a `YYYYMMDDTHHMMSSZ`; NaN when it is none. */
export function parseTimestamp(timestamp: string): number {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(timestamp);
  if (parts === null) return Number.NaN;
  const [, year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function canonicalQuery({ query }: S3Request): string {
  return query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function canonicalHeader({ headers }: S3Request, name: string): string {
  return (headers[name]?.toString() ?? '').trim().replace(/\s+/g, ' ');
}

/** By code units, as the specification sorts, and not by a locale. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** RFC 3986: everything but its unreserved characters. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function encodePath(path: string): string {
  return path.split('/').map(encode).join('/');
}
