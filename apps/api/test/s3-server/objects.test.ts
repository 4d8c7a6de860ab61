import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { clientOf, READER, serveS3 } from './support.ts';

const Bucket = 'videos';
const Key = "a folder/with (odd) names+and=signs/ü~*'!.mp4";
const headers = { ContentType: 'video/mp4', CacheControl: 'public, max-age=1', Metadata: { a: 'b' } };

async function start() {
  const server = await serveS3();
  const client = clientOf(server);
  const put = (Body: NonNullable<PutObjectCommandInput['Body']>, input = {}) =>
    client.send(new PutObjectCommand({ Bucket, Key, Body, ...input }));
  const get = (input = {}) => client.send(new GetObjectCommand({ Bucket, Key, ...input }));
  const head = (input = {}) => client.send(new HeadObjectCommand({ Bucket, Key, ...input }));
  return { server, client, objects: server.bucket(Bucket).objects, put, get, head };
}

describe('the S3 test server with the real SDK', () => {
  it('returns an object with its headers and metadata', async () => {
    const { put, get, head } = await start();
    const bytes = randomBytes(100_000);
    const { ETag } = await put(bytes, headers);
    const { Body, ...got } = await get();
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
    const facts = { ...headers, ETag, ContentLength: bytes.length, AcceptRanges: 'bytes' };
    expect(got).toMatchObject(facts);
    expect(await head()).toMatchObject(facts);
  });

  it.each([
    ['a wrong SHA-256', { ChecksumSHA256: Buffer.alloc(32).toString('base64') }, 'BadDigest'],
    ['a wrong CRC32', { ChecksumCRC32: 'AAAAAA==' }, 'BadDigest'],
    ['a checksum that it cannot verify', { ChecksumCRC32C: 'AAAAAA==' }, 'NotImplemented'],
    ['an MD5, which it cannot verify', { ContentMD5: Buffer.alloc(16).toString('base64') }, 'NotImplemented'],
    ['a body in chunks', { Body: Readable.from(['a video']), ContentLength: 7 }, 'NotImplemented'],
    ['a condition that it does not support', { IfMatch: '"any"' }, 'NotImplemented'],
  ])('rejects %s and stores nothing', async (_name, input, code) => {
    const { put, objects } = await start();
    await expect(put('a video', input)).rejects.toMatchObject({ name: code });
    expect(objects.size).toBe(0);
  });

  it('rejects an unsigned body', async () => {
    const { client, objects } = await start();
    const command = new PutObjectCommand({ Bucket, Key, Body: 'a video' });
    command.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { headers: Record<string, string> };
        request.headers['x-amz-content-sha256'] = '0'.repeat(64);
        return next(args);
      },
      { step: 'build' },
    );
    await expect(client.send(command)).rejects.toMatchObject({ name: 'XAmzContentSHA256Mismatch' });
    expect(objects.size).toBe(0);
  });

  it.each([
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=3-5', '345', 'bytes 3-5/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=5-500', '56789', 'bytes 5-9/10'],
  ])('returns the range %s', async (Range, expected, ContentRange) => {
    const { put, get, head } = await start();
    await put('0123456789');
    const { Body, ...got } = await get({ Range });
    expect(await Body?.transformToString()).toBe(expected);
    expect(got).toMatchObject({ ContentRange, ContentLength: expected.length });
    expect(got.$metadata.httpStatusCode).toBe(206);
    expect((await head({ Range })).ContentLength).toBe(expected.length);
  });

  it('rejects a range outside of the object and failed conditions', async () => {
    const { put, get } = await start();
    const { ETag } = await put('0123456789', { IfNoneMatch: '*' });
    await expect(put('x', { IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(get({ Range: 'bytes=10-' })).rejects.toMatchObject({ name: 'InvalidRange' });
    await expect(get({ IfMatch: '"another"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(get({ IfNoneMatch: ETag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
    expect((await get({ IfMatch: ETag })).ContentLength).toBe(10);
  });

  it('copies an object with new headers, if the source has the expected ETag', async () => {
    const { server, client, objects, put } = await start();
    const { ETag } = await put('content');
    const copy = (input: object, by = client) => {
      const CopySource = encodeURIComponent(`${Bucket}/${Key}`);
      const target = { Bucket, Key: 'to.mp4', MetadataDirective: 'REPLACE' as const, ...headers };
      return by.send(new CopyObjectCommand({ CopySource, ...target, ...input }));
    };
    await expect(copy({ CopySourceIfMatch: '"other"' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    await expect(copy({ CopySource: `${Bucket}/none` })).rejects.toMatchObject({ name: 'NoSuchKey' });
    const reader = clientOf(server, { credentials: READER });
    await expect(copy({}, reader)).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(objects.has('to.mp4')).toBe(false);
    expect((await copy({ CopySourceIfMatch: ETag })).CopyObjectResult?.ETag).toBe(ETag);
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'to.mp4' }));
    expect(head).toMatchObject({ ...headers, ContentLength: 7 });
  });

  it('lists keys in order, page by page, below a prefix', async () => {
    const { client, put } = await start();
    for (const key of ['b/2', 'a/1', 'b/1', 'b/3', 'c']) await put(key, { Key: key });
    const list = (input = {}) => client.send(new ListObjectsV2Command({ Bucket, Prefix: 'b/', ...input }));
    const first = await list({ MaxKeys: 2 });
    expect(first).toMatchObject({ IsTruncated: true, KeyCount: 2 });
    expect(first.Contents).toMatchObject([
      { Key: 'b/1', Size: 3 },
      { Key: 'b/2', Size: 3 },
    ]);
    const second = await list({ ContinuationToken: first.NextContinuationToken });
    expect(second).toMatchObject({ IsTruncated: false, Contents: [{ Key: 'b/3' }] });
  });

  it('deletes an object, and succeeds when it does not exist', async () => {
    const { client, put, get, head } = await start();
    await put('a video');
    for (let time = 0; time < 2; time += 1) await client.send(new DeleteObjectCommand({ Bucket, Key }));
    await expect(get()).rejects.toMatchObject({ name: 'NoSuchKey' });
    await expect(head()).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('reports a bucket that does not exist', async () => {
    const { client, put, get } = await start();
    const nowhere = { Bucket: 'nowhere' };
    await expect(put('x', nowhere)).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(get(nowhere)).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(client.send(new HeadBucketCommand(nowhere))).rejects.toMatchObject({ name: 'NotFound' });
    await client.send(new HeadBucketCommand({ Bucket }));
  });

  it('allows only reads with a read-only key, and anonymous reads of public buckets only', async () => {
    const { server, put } = await start();
    for (const bucket of ['public', 'videos']) await put('0123456789', { Bucket: bucket, Key: 'x.mp4' });
    const reader = clientOf(server, { credentials: READER });
    const object = { Bucket, Key: 'x.mp4' };
    expect((await reader.send(new GetObjectCommand(object))).ContentLength).toBe(10);
    for (const command of [new PutObjectCommand({ ...object, Body: 'x' }), new DeleteObjectCommand(object)]) {
      await expect(reader.send(command as PutObjectCommand)).rejects.toMatchObject({ name: 'AccessDenied' });
    }
    const open = await fetch(`${server.endpoint}/public/x.mp4`, { headers: { range: 'bytes=2-4' } });
    expect([open.status, await open.text()]).toEqual([206, '234']);
    for (const [path, init] of [
      ['videos/x.mp4', {}],
      ['public/x.mp4', { method: 'PUT', body: 'x' }],
      ['public/x.mp4', { method: 'DELETE' }],
      ['public?list-type=2', {}],
    ] as const) {
      expect((await fetch(`${server.endpoint}/${path}`, init)).status).toBe(403);
    }
  });

  it.each(['acl', 'uploads', 'versioning'])('responds NotImplemented to ?%s', async (subresource) => {
    const { server } = await start();
    const answer = await fetch(`${server.endpoint}/public/x.mp4?${subresource}`);
    expect([answer.status, (await answer.text()).includes('NotImplemented')]).toEqual([501, true]);
  });
});
