import type { Bucket, ObjectHeaders } from './bucket.ts';
import { S3Error, toXml } from './s3-error.ts';
import { header, parameter, type S3Request } from './s3-request.ts';

/** A response. */
export interface S3Response {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: Buffer;
}

/** One of S3's operations. */
export interface S3Operation {
  /** Its name in S3's documentation. */
  readonly name: string;
  readonly needs: 'read' | 'write';
  /** @param body is verified; empty for operations without one */
  run(request: S3Request, bucket: Bucket, body: Buffer): S3Response;
}

const putObject: S3Operation = {
  name: 'PutObject',
  needs: 'write',
  run(request, bucket, body) {
    checkWriteConditions(request, bucket);
    const { etag } = bucket.put(request.key, body, { headers: headersToStore(request) });
    return { status: 200, headers: { etag } };
  },
};

const copyObject: S3Operation = {
  name: 'CopyObject',
  needs: 'write',
  run(request, bucket) {
    const [name, ...rest] = decodeURIComponent(header(request, 'x-amz-copy-source') ?? '').split('/');
    if (name !== bucket.name || header(request, 'x-amz-metadata-directive') !== 'REPLACE') {
      throw new S3Error('NotImplemented', 'Only copies within a bucket, with new headers, are implemented.');
    }
    const source = bucket.get(rest.join('/'));
    if ((header(request, 'x-amz-copy-source-if-match') ?? source.etag) !== source.etag) {
      throw new S3Error('PreconditionFailed', 'The source has another ETag.');
    }
    checkWriteConditions(request, bucket);
    const copy = bucket.put(request.key, source.bytes, { headers: headersToStore(request) });
    return xmlResponse({
      CopyObjectResult: { ETag: copy.etag, LastModified: copy.lastModified.toISOString() },
    });
  },
};

const getObject: S3Operation = { name: 'GetObject', needs: 'read', run: read };
const headObject: S3Operation = { name: 'HeadObject', needs: 'read', run: read };

const deleteObject: S3Operation = {
  name: 'DeleteObject',
  needs: 'write',
  run({ key }, bucket) {
    bucket.objects.delete(key);
    return { status: 204 };
  },
};

const headBucket: S3Operation = { name: 'HeadBucket', needs: 'read', run: () => ({ status: 200 }) };

const listObjects: S3Operation = {
  name: 'ListObjectsV2',
  needs: 'read',
  run(request, bucket) {
    if (parameter(request, 'list-type') !== '2' || (parameter(request, 'delimiter') ?? '') !== '') {
      throw new S3Error('NotImplemented', 'Only ListObjectsV2 without a delimiter is implemented.');
    }
    const prefix = parameter(request, 'prefix') ?? '';
    const after = parameter(request, 'continuation-token') ?? '';
    const limit = Number(parameter(request, 'max-keys') ?? 1_000);
    const found = [...bucket.objects]
      .filter(([key]) => key.startsWith(prefix) && key > after)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    const page = found.slice(0, limit);
    const isTruncated = found.length > page.length;
    return xmlResponse({
      ListBucketResult: {
        Name: bucket.name,
        Prefix: prefix,
        KeyCount: page.length,
        MaxKeys: limit,
        IsTruncated: isTruncated,
        ...(isTruncated ? { NextContinuationToken: page.at(-1)?.[0] } : {}),
        Contents: page.map(([Key, { bytes, etag, lastModified }]) => ({
          Key,
          LastModified: lastModified.toISOString(),
          ETag: etag,
          Size: bytes.length,
          StorageClass: 'STANDARD',
        })),
      },
    });
  },
};

const OBJECT_OPERATIONS: Readonly<Record<string, S3Operation>> = {
  GET: getObject,
  HEAD: headObject,
  PUT: putObject,
  DELETE: deleteObject,
};
const BUCKET_OPERATIONS: typeof OBJECT_OPERATIONS = { GET: listObjects, HEAD: headBucket };

/** Parameters that do not select another operation, as `acl` or `uploads` do. */
const PLAIN_PARAMETERS =
  /^(x-id|prefix|list-type|max-keys|delimiter|continuation-token|encoding-type|X-Amz-.*|x-amz-.*)$/;

/** @throws S3Error NotImplemented, MethodNotAllowed */
export function findOperation(request: S3Request): S3Operation {
  const { method, bucket, key, query } = request;
  const other = query.find(([name]) => !PLAIN_PARAMETERS.test(name));
  if (bucket === '' || other !== undefined) {
    throw new S3Error('NotImplemented', `${other?.[0] ?? 'ListBuckets'} is not implemented.`);
  }
  const operation = (key === '' ? BUCKET_OPERATIONS : OBJECT_OPERATIONS)[method];
  if (operation === undefined) throw new S3Error('MethodNotAllowed', 'The method is not allowed.');
  const isCopy = operation === putObject && header(request, 'x-amz-copy-source') !== undefined;
  return isCopy ? copyObject : operation;
}

function read(request: S3Request, bucket: Bucket): S3Response {
  const { bytes, etag, headers, lastModified } = bucket.get(request.key);
  if ((header(request, 'if-match') ?? etag) !== etag) {
    throw new S3Error('PreconditionFailed', 'The object has another ETag.');
  }
  if (header(request, 'if-none-match') === etag) return { status: 304, headers: { etag } };
  const isRangeWanted = (header(request, 'if-range') ?? etag) === etag;
  const range = isRangeWanted ? parseRange(header(request, 'range'), bytes.length) : undefined;
  const body = bytes.subarray(range?.start, range === undefined ? undefined : range.end + 1);
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      ...headers,
      ...(range && { 'content-range': `bytes ${range.start}-${range.end}/${bytes.length}` }),
      'accept-ranges': 'bytes',
      'content-length': body.length,
      'last-modified': lastModified.toUTCString(),
      etag,
    },
    body,
  };
}

/** Offsets of the first and the last byte. @throws S3Error InvalidRange */
function parseRange(text: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(text ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start > end) throw new S3Error('InvalidRange', 'The range is outside of the object.');
  return { start, end };
}

const STORED_HEADERS = ['content-type', 'cache-control', 'content-disposition'];

function headersToStore(request: S3Request): ObjectHeaders {
  const kept = Object.entries(request.headers).filter(
    ([name]) => STORED_HEADERS.includes(name) || name.startsWith('x-amz-meta-'),
  );
  return {
    'content-type': 'binary/octet-stream',
    ...Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
  };
}

/** @throws S3Error PreconditionFailed when the object must not exist but does; NotImplemented for other conditions */
function checkWriteConditions(request: S3Request, bucket: Bucket): void {
  const noneMatch = header(request, 'if-none-match') ?? '*';
  if (header(request, 'if-match') !== undefined || noneMatch !== '*') {
    throw new S3Error('NotImplemented', 'The only condition of a write is If-None-Match: *.');
  }
  if (header(request, 'if-none-match') === '*' && bucket.objects.has(request.key)) {
    throw new S3Error('PreconditionFailed', 'The object already exists.');
  }
}

function xmlResponse(root: Record<string, unknown>): S3Response {
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: toXml(root) };
}
