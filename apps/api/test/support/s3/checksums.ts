import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { S3Error } from './s3-error.ts';

/** A checksum of an object. */
export interface Checksum {
  /** Such as `crc32`. */
  readonly algorithm: string;
  /** Base64. */
  readonly value: string;
}

const PREFIX = 'x-amz-checksum-';

/** Headers with the prefix that carry no checksum. */
const NO_CHECKSUMS: ReadonlySet<string> = new Set(['x-amz-checksum-mode', 'x-amz-checksum-type']);

const ALGORITHMS: Readonly<Record<string, (bytes: Buffer) => string>> = {
  crc32: (bytes) => {
    const value = Buffer.alloc(4);
    value.writeUInt32BE(crc32(bytes));
    return value.toString('base64');
  },
  sha1: (bytes) => createHash('sha1').update(bytes).digest('base64'),
  sha256: (bytes) => createHash('sha256').update(bytes).digest('base64'),
};

/**
 * Compares a body with the checksum that came with it, in the headers or behind it.
 *
 * @returns the checksum, if one came
 * @throws S3Error BadDigest when it is another one, InvalidRequest for more than one, NotImplemented for an algorithm that this
 * server does not have
 */
export function checkChecksum(
  bytes: Buffer,
  fields: Iterable<readonly [name: string, value: string]>,
): Checksum | undefined {
  const given = [...fields].filter(([name]) => name.startsWith(PREFIX) && !NO_CHECKSUMS.has(name));
  const [field] = given;
  if (field === undefined) return undefined;
  if (given.length > 1) throw new S3Error('InvalidRequest', 'Only one checksum is allowed.');
  const algorithm = field[0].slice(PREFIX.length);
  const calculate = ALGORITHMS[algorithm];
  if (calculate === undefined) throw new S3Error('NotImplemented', `There is no checksum ${algorithm} here.`);
  const value = calculate(bytes);
  if (value !== field[1]) throw new S3Error('BadDigest', `The ${algorithm} does not match the content.`);
  return { algorithm, value };
}

/** Compares a body with a `Content-MD5` header. @throws S3Error InvalidDigest, BadDigest */
export function checkMd5(bytes: Buffer, contentMd5: string): void {
  if (Buffer.from(contentMd5, 'base64').length !== 16) {
    throw new S3Error('InvalidDigest', 'The Content-MD5 is not valid.');
  }
  if (createHash('md5').update(bytes).digest('base64') !== contentMd5) {
    throw new S3Error('BadDigest', 'The Content-MD5 does not match the content.');
  }
}
