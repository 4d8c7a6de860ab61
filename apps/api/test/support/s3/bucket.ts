import { createHash } from 'node:crypto';
import { S3Error } from './s3-error.ts';

/** The headers with which an object was written, metadata included; names are lowercase. */
export type ObjectHeaders = Readonly<Record<string, string>>;

/** An immutable object. */
export interface S3Object {
  readonly bytes: Buffer;
  /** MD5 of the bytes, in quotes. */
  readonly etag: string;
  readonly headers: ObjectHeaders;
  /** In whole seconds. */
  readonly lastModified: Date;
}

/** A bucket in memory. */
export class Bucket {
  readonly name: string;
  /** Whether requests without a signature may read objects. */
  readonly publicRead: boolean;
  readonly objects = new Map<string, S3Object>();

  constructor(name: string, publicRead: boolean) {
    this.name = name;
    this.publicRead = publicRead;
  }

  /** Writes or replaces an object. */
  put(key: string, bytes: Buffer, { headers }: { headers: ObjectHeaders }): S3Object {
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
    const lastModified = new Date(Math.floor(Date.now() / 1_000) * 1_000);
    const object = { bytes, etag, headers, lastModified };
    this.objects.set(key, object);
    return object;
  }

  /** @throws S3Error NoSuchKey */
  get(key: string): S3Object {
    const object = this.objects.get(key);
    if (object === undefined) throw new S3Error('NoSuchKey', 'The specified key does not exist.');
    return object;
  }
}
