import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { beforeEach, describe, expect, it } from 'vitest';
import type { S3Server } from '../support/s3/s3-server.ts';
import { clientOf, serveS3 } from './support.ts';

const object = { Bucket: 'videos', Key: 'x.mp4' };
const MIB = 1_024 * 1_024;

let server: S3Server;
let client: S3Client;
beforeEach(async () => {
  server = await serveS3();
  client = clientOf(server);
});

const stored = () => server.bucket('videos').objects.get('x.mp4');

async function begin() {
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({ ...object, ContentType: 'video/mp4', Metadata: { a: '1' } }),
  );
  return UploadId;
}

async function part(UploadId: string | undefined, PartNumber: number, Body: Buffer) {
  const { ETag } = await client.send(new UploadPartCommand({ ...object, UploadId, PartNumber, Body }));
  return { PartNumber, ETag };
}

const complete = (UploadId: string | undefined, Parts: object[], input = {}) =>
  client.send(
    new CompleteMultipartUploadCommand({ ...object, UploadId, MultipartUpload: { Parts }, ...input }),
  );

describe('a multipart upload', () => {
  it('becomes an object when it is complete, and not sooner', async () => {
    const bytes = [randomBytes(5 * MIB), randomBytes(5 * MIB), randomBytes(10)] as const;
    const id = await begin();
    const parts = [await part(id, 1, bytes[0]), await part(id, 3, bytes[2]), await part(id, 2, bytes[1])];
    expect(stored()).toBeUndefined();
    const listed = await client.send(new ListPartsCommand({ ...object, UploadId: id }));
    expect(listed.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
      [1, 5 * MIB],
      [2, 5 * MIB],
      [3, 10],
    ]);
    const uploads = await client.send(new ListMultipartUploadsCommand({ Bucket: 'videos' }));
    expect(uploads.Uploads).toMatchObject([{ Key: 'x.mp4', UploadId: id }]);

    const { ETag } = await complete(
      id,
      parts.toSorted((a, b) => a.PartNumber - b.PartNumber),
    );
    expect(ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
    expect(stored()?.bytes.equals(Buffer.concat(bytes))).toBe(true);
    expect(stored()?.headers).toMatchObject({ 'content-type': 'video/mp4', 'x-amz-meta-a': '1' });
    expect(server.bucket('videos').uploads.size).toBe(0);
  });

  it('of lib-storage arrives whole, from a stream of unknown length', async () => {
    const bytes = randomBytes(12 * MIB);
    await new Upload({
      client,
      params: { ...object, Body: Readable.from([bytes]) },
      partSize: 5 * MIB,
    }).done();
    expect(stored()?.bytes.equals(bytes)).toBe(true);
  });

  it('takes a part again in place of the one before', async () => {
    const id = await begin();
    const old = await part(id, 1, Buffer.from('old'));
    const fresh = await part(id, 1, Buffer.from('new'));
    await expect(complete(id, [old])).rejects.toMatchObject({ name: 'InvalidPart' });
    await complete(id, [fresh]);
    expect(stored()?.bytes.toString()).toBe('new');
  });

  it.each([
    ['in another order', 'InvalidPartOrder', (parts: object[]) => parts.toReversed()],
    ['twice', 'InvalidPartOrder', (parts: object[]) => [parts[0], ...parts] as object[]],
    ['that never came', 'InvalidPart', (parts: object[]) => [...parts, { PartNumber: 9, ETag: '"x"' }]],
    ['of another tag', 'InvalidPart', () => [{ PartNumber: 1, ETag: '"x"' }]],
    ['not at all', 'MalformedXML', () => []],
  ])('refuses parts that are named %s', async (_name, code, change) => {
    const id = await begin();
    const parts = [await part(id, 1, Buffer.alloc(5 * MIB)), await part(id, 2, Buffer.alloc(1))];
    await expect(complete(id, change(parts))).rejects.toMatchObject({ name: code });
    expect(stored()).toBeUndefined();
  });

  it('refuses parts that are too small or of several lengths', async () => {
    const id = await begin();
    const small = await part(id, 1, Buffer.alloc(5 * MIB - 1));
    const last = await part(id, 3, Buffer.alloc(1));
    await expect(complete(id, [small, last])).rejects.toMatchObject({ name: 'EntityTooSmall' });
    const large = await part(id, 1, Buffer.alloc(5 * MIB));
    const larger = await part(id, 2, Buffer.alloc(5 * MIB + 1));
    await expect(complete(id, [large, larger, last])).rejects.toMatchObject({ name: 'InvalidPart' });
  });

  it('refuses a part with a number that is none', async () => {
    const id = await begin();
    for (const number of [0, 10_001]) {
      await expect(part(id, number, Buffer.alloc(1))).rejects.toMatchObject({ name: 'InvalidArgument' });
    }
  });

  it('is gone when it is aborted, and unknown from then on', async () => {
    const id = await begin();
    const parts = [await part(id, 1, Buffer.alloc(10))];
    await client.send(new AbortMultipartUploadCommand({ ...object, UploadId: id }));
    expect(server.bucket('videos').uploads.size).toBe(0);
    const unknown = { name: 'NoSuchUpload' };
    await expect(part(id, 2, Buffer.alloc(1))).rejects.toMatchObject(unknown);
    await expect(complete(id, parts)).rejects.toMatchObject(unknown);
    await expect(
      client.send(new AbortMultipartUploadCommand({ ...object, UploadId: id })),
    ).rejects.toMatchObject(unknown);
  });

  it('is not to be had under another key', async () => {
    const id = await begin();
    const stealing = client.send(
      new UploadPartCommand({ Bucket: 'videos', Key: 'y.mp4', UploadId: id, PartNumber: 1, Body: 'x' }),
    );
    await expect(stealing).rejects.toMatchObject({ name: 'NoSuchUpload' });
  });

  it('is completed on a condition', async () => {
    server.bucket('videos').put('x.mp4', Buffer.from('first'), { headers: {} });
    const id = await begin();
    const parts = [await part(id, 1, Buffer.from('second'))];
    await expect(complete(id, parts, { IfNoneMatch: '*' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    expect(stored()?.bytes.toString()).toBe('first');
  });
});
