import { createHash, randomUUID } from 'node:crypto';
import type { Checksum } from './checksums.ts';
import { S3Error } from './s3-error.ts';

/** What is kept with an object's bytes: the headers with which it was put. Names are lowercase. */
export type ObjectHeaders = Readonly<Record<string, string>>;

/** An object. Nothing of it changes; a new one takes its place. */
export interface S3Object {
  readonly bytes: Buffer;
  /** With its quotes. */
  readonly etag: string;
  readonly headers: ObjectHeaders;
  readonly checksum: Checksum | undefined;
  /** In whole seconds. */
  readonly lastModified: Date;
}

/** A part of an upload that is not complete. */
export interface UploadedPart {
  readonly bytes: Buffer;
  /** With its quotes. */
  readonly etag: string;
}

/** An upload that is not complete. */
export interface MultipartUpload {
  readonly id: string;
  readonly key: string;
  readonly headers: ObjectHeaders;
  readonly initiated: Date;
  readonly parts: Map<number, UploadedPart>;
}

/** A bucket in memory. */
export class Bucket {
  readonly name: string;
  /** Whether anybody may read its objects, as behind a public domain. */
  readonly publicRead: boolean;
  readonly objects = new Map<string, S3Object>();
  readonly uploads = new Map<string, MultipartUpload>();

  constructor(name: string, publicRead: boolean) {
    this.name = name;
    this.publicRead = publicRead;
  }

  /** Puts an object in the place of what is there, at once. */
  put(key: string, bytes: Buffer, details: { headers: ObjectHeaders; checksum?: Checksum; etag?: string }) {
    const object: S3Object = {
      bytes,
      etag: details.etag ?? etagOf(bytes),
      headers: details.headers,
      checksum: details.checksum,
      lastModified: new Date(Math.floor(Date.now() / 1_000) * 1_000),
    };
    this.objects.set(key, object);
    return object;
  }

  /** @throws S3Error NoSuchKey */
  get(key: string): S3Object {
    const object = this.objects.get(key);
    if (object === undefined) throw new S3Error('NoSuchKey', 'The specified key does not exist.');
    return object;
  }

  /** Begins an upload in parts. */
  begin(key: string, headers: ObjectHeaders): MultipartUpload {
    const upload = { id: randomUUID(), key, headers, initiated: new Date(), parts: new Map() };
    this.uploads.set(upload.id, upload);
    return upload;
  }

  /** @throws S3Error NoSuchUpload, also for another key's */
  upload(id: string, key: string): MultipartUpload {
    const upload = this.uploads.get(id);
    if (upload?.key !== key) throw new S3Error('NoSuchUpload', 'The specified upload does not exist.');
    return upload;
  }
}

/** The entity tag of an object that was put in one piece, or of a part: its MD5, in quotes. */
export function etagOf(bytes: Buffer): string {
  return `"${createHash('md5').update(bytes).digest('hex')}"`;
}
