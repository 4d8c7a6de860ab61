import { type S3Operation, xmlAnswer } from './operation.ts';
import { S3Error } from './s3-error.ts';
import { parameter } from './s3-request.ts';

/** Most keys of one page. */
const MAX_KEYS = 1_000;

/** Whether the bucket is there. */
export const headBucket: S3Operation = { name: 'HeadBucket', needs: 'read', run: () => ({ status: 200 }) };

/** One page of the keys of a bucket, in their order. Common prefixes are not made. */
export const listObjects: S3Operation = {
  name: 'ListObjectsV2',
  needs: 'read',
  run(request, bucket) {
    if (parameter(request, 'list-type') !== '2' || (parameter(request, 'delimiter') ?? '') !== '') {
      throw new S3Error('NotImplemented', 'Only the second version of lists, without a delimiter, is here.');
    }
    const prefix = parameter(request, 'prefix') ?? '';
    const after = parameter(request, 'continuation-token') ?? parameter(request, 'start-after') ?? '';
    const limit = Math.min(Number(parameter(request, 'max-keys') ?? MAX_KEYS), MAX_KEYS);
    const found = [...bucket.objects]
      .filter(([key]) => key.startsWith(prefix) && key > after)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    const page = found.slice(0, limit);
    const isTruncated = found.length > page.length;
    return xmlAnswer({
      ListBucketResult: {
        Name: bucket.name,
        Prefix: prefix,
        KeyCount: page.length,
        MaxKeys: limit,
        IsTruncated: isTruncated,
        ...(isTruncated ? { NextContinuationToken: page.at(-1)?.[0] ?? '' } : {}),
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
