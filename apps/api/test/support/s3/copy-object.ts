import { checkWriteConditions, headersToStore, type S3Operation, xmlAnswer } from './operation.ts';
import { S3Error } from './s3-error.ts';
import { header } from './s3-request.ts';

/** Copies an object of the same bucket, with its own headers or with new ones. Its bytes do not pass through the client. */
export const copyObject: S3Operation = {
  name: 'CopyObject',
  needs: 'write',
  run(request, bucket) {
    const [name, ...rest] = decodeURIComponent(header(request, 'x-amz-copy-source') ?? '')
      .replace(/^\//, '')
      .split('/');
    if (name !== bucket.name) throw new S3Error('NotImplemented', 'Only copies within a bucket are here.');
    const source = bucket.get(rest.join('/'));
    const match = header(request, 'x-amz-copy-source-if-match');
    if (match !== undefined && match !== source.etag) {
      throw new S3Error('PreconditionFailed', 'The source is another one.');
    }
    checkWriteConditions(request, bucket.objects.get(request.key));
    const directive = header(request, 'x-amz-metadata-directive') ?? 'COPY';
    if (directive !== 'COPY' && directive !== 'REPLACE') {
      throw new S3Error('InvalidArgument', 'Unknown metadata directive.');
    }
    const { etag, lastModified } = bucket.put(request.key, source.bytes, {
      headers: directive === 'REPLACE' ? headersToStore(request) : source.headers,
      ...(source.checksum === undefined ? {} : { checksum: source.checksum }),
    });
    return xmlAnswer({ CopyObjectResult: { ETag: etag, LastModified: lastModified.toISOString() } });
  },
};
