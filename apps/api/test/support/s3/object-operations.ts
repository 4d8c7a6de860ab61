import { parseByteRange } from '../../../src/server/videos/conditional-request.ts';
import { evaluatePreconditions, rangeApplies } from '../../../src/server/videos/conditional-request.ts';
import type { Bucket, S3Object } from './bucket.ts';
import { checkWriteConditions, headersToStore, type S3Answer, type S3Operation } from './operation.ts';
import { readBody } from './read-body.ts';
import { S3Error } from './s3-error.ts';
import { header, type S3Request } from './s3-request.ts';

/** Puts an object in one piece. */
export const putObject: S3Operation = {
  name: 'PutObject',
  needs: 'write',
  async run(request, bucket) {
    const { bytes, checksum } = await readBody(request);
    checkWriteConditions(request, bucket.objects.get(request.key));
    const { etag } = bucket.put(request.key, bytes, {
      headers: headersToStore(request),
      ...(checksum === undefined ? {} : { checksum }),
    });
    return { status: 200, headers: { etag } };
  },
};

/** Reads an object or a range of it. */
export const getObject: S3Operation = { name: 'GetObject', needs: 'read', run: read };

/** Reads what is known of an object. */
export const headObject: S3Operation = { name: 'HeadObject', needs: 'read', run: read };

/** Removes an object, which may be gone already. */
export const deleteObject: S3Operation = {
  name: 'DeleteObject',
  needs: 'write',
  run({ key }, bucket) {
    bucket.objects.delete(key);
    return { status: 204 };
  },
};

function read(request: S3Request, bucket: Bucket): S3Answer {
  const object = bucket.get(request.key);
  const { etag, lastModified } = object;
  const condition = evaluatePreconditions(request.headers, object);
  if (condition === 412) throw new S3Error('PreconditionFailed', 'The object is another one.');
  if (condition === 304) return { status: 304, headers: { etag } };

  const size = object.bytes.length;
  const asked = rangeApplies(header(request, 'if-range'), object) ? header(request, 'range') : undefined;
  const range = parseByteRange(asked, size);
  if (range === 'unsatisfiable') throw new S3Error('InvalidRange', 'The range lies outside of the object.');
  const { start, end } = range === 'whole' ? { start: 0, end: size - 1 } : range;
  return {
    status: range === 'whole' ? 200 : 206,
    headers: {
      ...object.headers,
      ...(range === 'whole' ? checksumHeaders(request, object) : {}),
      ...(range === 'whole' ? {} : { 'content-range': `bytes ${start}-${end}/${size}` }),
      'accept-ranges': 'bytes',
      'content-length': end - start + 1,
      'last-modified': lastModified.toUTCString(),
      etag,
    },
    body: object.bytes.subarray(start, end + 1),
  };
}

function checksumHeaders(request: S3Request, { checksum }: S3Object): Record<string, string> {
  if (checksum === undefined || header(request, 'x-amz-checksum-mode') !== 'ENABLED') return {};
  return { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value };
}
