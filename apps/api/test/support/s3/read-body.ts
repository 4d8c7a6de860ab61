import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { S3Error } from './s3-error.ts';
import { header, type S3Request } from './s3-request.ts';

const CHECKSUM = 'x-amz-checksum-';

/** Base64 of each checksum that the server can verify. */
const CHECKSUMS: Readonly<Record<string, (bytes: Buffer) => string>> = {
  crc32: (bytes) => {
    const value = Buffer.alloc(4);
    value.writeUInt32BE(crc32(bytes));
    return value.toString('base64');
  },
  sha256: (bytes) => createHash('sha256').update(bytes).digest('base64'),
};

/**
 * Reads a body and verifies its length, the digest in the signature and a checksum header.
 *
 * @param damage changes the bytes as a faulty network would
 * @throws S3Error when one of them does not match, NotImplemented for one that the server cannot verify
 */
export async function readBody(
  request: S3Request,
  damage: (bytes: Buffer) => Buffer = (bytes) => bytes,
): Promise<Buffer> {
  const digest = header(request, 'x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD';
  const encoding = header(request, 'content-encoding');
  const md5 = header(request, 'content-md5');
  if (digest.startsWith('STREAMING-') || encoding !== undefined || md5 !== undefined) {
    throw new S3Error('NotImplemented', 'Content-MD5 and encoded bodies are not implemented.');
  }
  if (header(request, 'content-length') === undefined) {
    throw new S3Error('MissingContentLength', 'Content-Length is required.');
  }
  const bytes = damage(await receive(request));
  if (digest !== 'UNSIGNED-PAYLOAD' && digest !== createHash('sha256').update(bytes).digest('hex')) {
    throw new S3Error('XAmzContentSHA256Mismatch', 'The body does not match x-amz-content-sha256.');
  }
  for (const [name, value] of Object.entries(request.headers)) {
    if (!name.startsWith(CHECKSUM)) continue;
    const calculate = CHECKSUMS[name.slice(CHECKSUM.length)];
    if (calculate === undefined) throw new S3Error('NotImplemented', `${name} is not implemented.`);
    if (calculate(bytes) !== value) throw new S3Error('BadDigest', `The body does not match ${name}.`);
  }
  return bytes;
}

async function receive({ stream }: S3Request): Promise<Buffer> {
  try {
    return await buffer(stream);
  } catch {
    throw new S3Error('IncompleteBody', 'The body ended early.');
  }
}
