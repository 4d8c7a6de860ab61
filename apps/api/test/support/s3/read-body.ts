import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { decodeAwsChunked } from './aws-chunked.ts';
import { type Checksum, checkChecksum, checkMd5 } from './checksums.ts';
import { S3Error } from './s3-error.ts';
import { header, type S3Request } from './s3-request.ts';

/** A body that is what its sender said it is. */
export interface ReceivedBody {
  readonly bytes: Buffer;
  readonly checksum: Checksum | undefined;
}

const UNSIGNED_TRAILER = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';

/**
 * Reads a body to its end and holds it to everything that was said of it: its length, the digest in the signature, Content-MD5, and
 * a checksum in a header or behind it.
 *
 * @throws S3Error when it is something else
 */
export async function readBody(request: S3Request): Promise<ReceivedBody> {
  const contentSha256 = header(request, 'x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD';
  if (contentSha256.startsWith('STREAMING-') && contentSha256 !== UNSIGNED_TRAILER) {
    throw new S3Error('NotImplemented', `${contentSha256} is not implemented.`);
  }
  // A body in chunks of HTTP's own has no length but the one that it is decoded to.
  if ((header(request, 'content-length') ?? header(request, 'x-amz-decoded-content-length')) === undefined) {
    throw new S3Error('MissingContentLength', 'You must provide the Content-Length header.');
  }
  const body = await receive(request);
  const isChunked = contentSha256 === UNSIGNED_TRAILER;
  if (isChunked !== encodings(request).includes('aws-chunked')) {
    throw new S3Error('InvalidRequest', 'Content-Encoding and x-amz-content-sha256 contradict each other.');
  }
  const { bytes, trailers } = isChunked ? decode(request, body) : { bytes: body, trailers: new Map() };
  if (/^[0-9a-f]{64}$/.test(contentSha256)) {
    if (createHash('sha256').update(bytes).digest('hex') !== contentSha256) {
      throw new S3Error('XAmzContentSHA256Mismatch', 'The x-amz-content-sha256 does not match the content.');
    }
  } else if (!isChunked && contentSha256 !== 'UNSIGNED-PAYLOAD') {
    throw new S3Error('InvalidArgument', 'The x-amz-content-sha256 is malformed.');
  }
  const md5 = header(request, 'content-md5');
  if (md5 !== undefined) checkMd5(bytes, md5);
  const fields = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
  return { bytes, checksum: checkChecksum(bytes, [...fields, ...trailers]) };
}

/** The content encodings of the object itself, without that of the transfer; undefined when there is none. */
export function storedEncoding(request: S3Request): string | undefined {
  const stored = encodings(request).filter((encoding) => encoding !== 'aws-chunked');
  return stored.length === 0 ? undefined : stored.join(',');
}

function encodings(request: S3Request): string[] {
  return (header(request, 'content-encoding') ?? '')
    .split(',')
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== '');
}

async function receive({ stream }: S3Request): Promise<Buffer> {
  try {
    return await buffer(stream);
  } catch {
    throw new S3Error('IncompleteBody', 'The body ended before its length.');
  }
}

function decode(request: S3Request, body: Buffer) {
  const decoded = decodeAwsChunked(body);
  if (Number(header(request, 'x-amz-decoded-content-length')) !== decoded.bytes.length) {
    throw new S3Error('IncompleteBody', 'The decoded body has another length than it says.');
  }
  const promised = (header(request, 'x-amz-trailer') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase());
  for (const name of promised) {
    if (name !== '' && !decoded.trailers.has(name)) {
      throw new S3Error('InvalidRequest', `The trailing header ${name} is missing.`);
    }
  }
  for (const name of decoded.trailers.keys()) {
    if (!promised.includes(name))
      throw new S3Error('InvalidRequest', `The trailing header ${name} was not named.`);
  }
  return decoded;
}
