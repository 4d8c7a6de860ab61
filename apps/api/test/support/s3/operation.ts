import type { Bucket, ObjectHeaders, S3Object } from './bucket.ts';
import { storedEncoding } from './read-body.ts';
import { S3Error, toXml } from './s3-error.ts';
import { header, type S3Request } from './s3-request.ts';

/** What a request is answered with. */
export interface S3Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: Buffer;
}

/** One of S3's operations. */
export interface S3Operation {
  /** Its name in S3's documentation. */
  readonly name: string;
  /** What it takes to be allowed to. */
  readonly needs: 'read' | 'write';
  run(request: S3Request, bucket: Bucket): Promise<S3Answer> | S3Answer;
}

/** An answer in XML. */
export function xmlAnswer(root: Record<string, unknown>): S3Answer {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: toXml(root) };
}

const STORED_HEADERS = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-language',
  'expires',
];

/** The headers of a request that are kept with its object: those of HTTP and the metadata. */
export function headersToStore(request: S3Request): ObjectHeaders {
  const kept = Object.entries(request.headers).filter(
    ([name]) => STORED_HEADERS.includes(name) || name.startsWith('x-amz-meta-'),
  );
  const encoding = storedEncoding(request);
  return {
    'content-type': 'binary/octet-stream',
    ...Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
    ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
  };
}

/**
 * The conditions of a write: `If-None-Match: *` for a new object only, `If-Match` for one that is known.
 *
 * @throws S3Error PreconditionFailed, NoSuchKey; NotImplemented for an entity tag in If-None-Match
 */
export function checkWriteConditions(request: S3Request, existing: S3Object | undefined): void {
  const noneMatch = header(request, 'if-none-match');
  const match = header(request, 'if-match');
  if (noneMatch !== undefined && noneMatch !== '*') {
    throw new S3Error('NotImplemented', 'If-None-Match of a write takes * alone.');
  }
  if (noneMatch === '*' && existing !== undefined) {
    throw new S3Error('PreconditionFailed', 'There is an object already.');
  }
  if (match === undefined) return;
  if (existing === undefined) throw new S3Error('NoSuchKey', 'The specified key does not exist.');
  if (match !== existing.etag) throw new S3Error('PreconditionFailed', 'The object is another one.');
}

/** A write that takes its bytes from another object. @throws S3Error NotImplemented */
export function refuseCopies(request: S3Request): void {
  if (header(request, 'x-amz-copy-source') !== undefined) {
    throw new S3Error('NotImplemented', 'Copying is not implemented.');
  }
}
