import { createHash } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import { etagOf, type MultipartUpload, type UploadedPart } from './bucket.ts';
import {
  checkWriteConditions,
  headersToStore,
  refuseCopies,
  type S3Operation,
  xmlAnswer,
} from './operation.ts';
import { readBody } from './read-body.ts';
import { S3Error } from './s3-error.ts';
import { parameter, type S3Request } from './s3-request.ts';

/** Bytes that every part but the last must have. */
const MIN_PART_BYTES = 5 * 1_024 * 1_024;
const MAX_PART_NUMBER = 10_000;

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Part' });

/** Begins an upload in parts. */
export const createMultipartUpload: S3Operation = {
  name: 'CreateMultipartUpload',
  needs: 'write',
  run(request, bucket) {
    const { id } = bucket.begin(request.key, headersToStore(request));
    return xmlAnswer({
      InitiateMultipartUploadResult: { Bucket: bucket.name, Key: request.key, UploadId: id },
    });
  },
};

/** Takes one part; a part of the same number takes its place. */
export const uploadPart: S3Operation = {
  name: 'UploadPart',
  needs: 'write',
  async run(request, bucket) {
    refuseCopies(request);
    const number = Number(parameter(request, 'partNumber'));
    if (!Number.isInteger(number) || number < 1 || number > MAX_PART_NUMBER) {
      throw new S3Error('InvalidArgument', `The part number must be 1..${MAX_PART_NUMBER}.`);
    }
    const { parts } = bucket.upload(uploadIdOf(request), request.key);
    const { bytes } = await readBody(request);
    const etag = etagOf(bytes);
    parts.set(number, { bytes, etag });
    return { status: 200, headers: { etag } };
  },
};

/** Makes the object of the parts that are named, all at once. */
export const completeMultipartUpload: S3Operation = {
  name: 'CompleteMultipartUpload',
  needs: 'write',
  async run(request, bucket) {
    const { bytes: body } = await readBody(request);
    const upload = bucket.upload(uploadIdOf(request), request.key);
    const parts = choose(upload, parsePartList(body));
    checkWriteConditions(request, bucket.objects.get(request.key));
    const digests = createHash('md5');
    for (const { etag } of parts) digests.update(Buffer.from(etag.slice(1, -1), 'hex'));
    const { etag } = bucket.put(request.key, Buffer.concat(parts.map(({ bytes }) => bytes)), {
      headers: upload.headers,
      etag: `"${digests.digest('hex')}-${parts.length}"`,
    });
    bucket.uploads.delete(upload.id);
    return xmlAnswer({
      CompleteMultipartUploadResult: { Bucket: bucket.name, Key: request.key, ETag: etag },
    });
  },
};

/** Forgets an upload and its parts. */
export const abortMultipartUpload: S3Operation = {
  name: 'AbortMultipartUpload',
  needs: 'write',
  run(request, bucket) {
    bucket.uploads.delete(bucket.upload(uploadIdOf(request), request.key).id);
    return { status: 204 };
  },
};

/** The parts of an upload that have come. */
export const listParts: S3Operation = {
  name: 'ListParts',
  needs: 'read',
  run(request, bucket) {
    const { id, key, parts } = bucket.upload(uploadIdOf(request), request.key);
    const Part = [...parts]
      .toSorted(([a], [b]) => a - b)
      .map(([PartNumber, { etag, bytes }]) => ({ PartNumber, ETag: etag, Size: bytes.length }));
    return xmlAnswer({
      ListPartsResult: { Bucket: bucket.name, Key: key, UploadId: id, IsTruncated: false, Part },
    });
  },
};

/** The uploads of a bucket that are not complete. */
export const listMultipartUploads: S3Operation = {
  name: 'ListMultipartUploads',
  needs: 'read',
  run(request, bucket) {
    const prefix = parameter(request, 'prefix') ?? '';
    const Upload = [...bucket.uploads.values()]
      .filter(({ key }) => key.startsWith(prefix))
      .map(({ id, key, initiated }) => ({ Key: key, UploadId: id, Initiated: initiated.toISOString() }));
    return xmlAnswer({ ListMultipartUploadsResult: { Bucket: bucket.name, IsTruncated: false, Upload } });
  },
};

function uploadIdOf(request: S3Request): string {
  return parameter(request, 'uploadId') ?? '';
}

interface ListedPart {
  readonly number: number;
  readonly etag: string;
}

function parsePartList(body: Buffer): ListedPart[] {
  let parsed: unknown;
  try {
    parsed = parser.parse(body, true);
  } catch {
    throw new S3Error('MalformedXML', 'The list of parts is no XML.');
  }
  const { Part: listed } =
    (parsed as { CompleteMultipartUpload?: { Part?: { PartNumber?: string; ETag?: string }[] } })
      .CompleteMultipartUpload ?? {};
  if (listed === undefined || listed.length === 0) {
    throw new S3Error('MalformedXML', 'The list of parts is empty.');
  }
  return listed.map(({ PartNumber = '', ETag = '' }) => ({
    number: Number(PartNumber),
    etag: `"${ETag.replaceAll('&quot;', '').replaceAll('"', '')}"`,
  }));
}

/** Ascending, known, large enough, and as R2 wants it: all but the last of one length. */
function choose({ parts }: MultipartUpload, listed: readonly ListedPart[]): UploadedPart[] {
  const chosen = listed.map(({ number, etag }, index) => {
    const previous = listed[index - 1];
    if (previous !== undefined && previous.number >= number) {
      throw new S3Error('InvalidPartOrder', 'The parts must be listed in ascending order.');
    }
    const part = parts.get(number);
    if (part?.etag !== etag) throw new S3Error('InvalidPart', `Part ${number} is not there or another one.`);
    return part;
  });
  const [first] = chosen;
  for (const { bytes } of chosen.slice(0, -1)) {
    if (bytes.length < MIN_PART_BYTES) throw new S3Error('EntityTooSmall', 'A part is too small.');
    if (bytes.length !== first?.bytes.length) {
      throw new S3Error('InvalidPart', 'All parts but the last must have the same length.');
    }
  }
  return chosen;
}
