import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  ChecksumAlgorithm,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { clientOf, READER, serveS3 } from './support.ts';

const Bucket = 'videos';
const Key = "a folder/with (odd) names+and=signs/ü~*'!.mp4";

/** The object of a key, past the protocol. */
const bytesIn = (server: Awaited<ReturnType<typeof serveS3>>, key = Key) =>
  server.bucket(Bucket).objects.get(key)?.bytes;

describe('the S3 server, to the real SDK', () => {
  it('gives back what was put, with its headers and metadata', async () => {
    const server = await serveS3();
    const client = clientOf(server);
    const Body = randomBytes(100_000);
    const { ETag } = await client.send(
      new PutObjectCommand({
        Bucket,
        Key,
        Body,
        ContentType: 'video/mp4',
        CacheControl: 'public, max-age=1',
        Metadata: { 'content-sha256': 'abc' },
      }),
    );
    const got = await client.send(new GetObjectCommand({ Bucket, Key }));
    expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(Body)).toBe(true);
    const facts = {
      ETag,
      ContentLength: Body.length,
      ContentType: 'video/mp4',
      CacheControl: 'public, max-age=1',
      Metadata: { 'content-sha256': 'abc' },
      AcceptRanges: 'bytes',
    };
    expect(got).toMatchObject(facts);
    expect(await client.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject(facts);
  });

  it.each(['WHEN_SUPPORTED', 'WHEN_REQUIRED'] as const)(
    'takes a stream with checksums %s, and stores no byte of the transfer coding',
    async (requestChecksumCalculation) => {
      const server = await serveS3();
      const bytes = randomBytes(300_000);
      await clientOf(server, { requestChecksumCalculation }).send(
        new PutObjectCommand({ Bucket, Key, Body: Readable.from([bytes]), ContentLength: bytes.length }),
      );
      expect(bytesIn(server)?.equals(bytes)).toBe(true);
      expect(server.bucket(Bucket).objects.get(Key)?.headers['content-encoding']).toBeUndefined();
      const sent = server.requests.at(-1)?.headers['x-amz-content-sha256'];
      const wanted = {
        WHEN_SUPPORTED: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
        WHEN_REQUIRED: 'UNSIGNED-PAYLOAD',
      };
      expect(sent).toBe(wanted[requestChecksumCalculation]);
    },
  );

  it.each([ChecksumAlgorithm.CRC32, ChecksumAlgorithm.SHA1, ChecksumAlgorithm.SHA256])(
    'checks the checksum %s and gives it back',
    async (algorithm) => {
      const server = await serveS3();
      const client = clientOf(server);
      const Body = Readable.from([Buffer.from('a video')]);
      await client.send(
        new PutObjectCommand({ Bucket, Key, Body, ContentLength: 7, ChecksumAlgorithm: algorithm }),
      );
      const got = await client.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
      expect(got[`Checksum${algorithm}`]).toBe(server.bucket(Bucket).objects.get(Key)?.checksum?.value);
      expect(await got.Body?.transformToString()).toBe('a video');
    },
  );

  it.each([
    ['a wrong checksum', { ChecksumSHA256: Buffer.alloc(32).toString('base64') }, 'BadDigest'],
    ['a wrong MD5', { ContentMD5: Buffer.alloc(16).toString('base64') }, 'BadDigest'],
    ['half an MD5', { ContentMD5: Buffer.alloc(8).toString('base64') }, 'InvalidDigest'],
    ['a checksum that is not here', { ChecksumCRC32C: 'AAAAAA==' }, 'NotImplemented'],
  ])('refuses %s and stores nothing', async (_name, wrong, code) => {
    const server = await serveS3();
    const putting = clientOf(server).send(new PutObjectCommand({ Bucket, Key, Body: 'a video', ...wrong }));
    await expect(putting).rejects.toMatchObject({ name: code });
    expect(bytesIn(server)).toBeUndefined();
  });

  it('refuses a body that is another than the one that was signed', async () => {
    const server = await serveS3();
    const command = new PutObjectCommand({ Bucket, Key, Body: 'a video' });
    command.middlewareStack.add(
      (next) => (args) => {
        (args.request as { headers: Record<string, string> }).headers['x-amz-content-sha256'] = '0'.repeat(
          64,
        );
        return next(args);
      },
      { step: 'build' },
    );
    await expect(clientOf(server).send(command)).rejects.toMatchObject({ name: 'XAmzContentSHA256Mismatch' });
    expect(bytesIn(server)).toBeUndefined();
  });

  it.each([
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=3-5', '345', 'bytes 3-5/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=5-500', '56789', 'bytes 5-9/10'],
  ])('gives the range %s', async (Range, expected, contentRange) => {
    const server = await serveS3();
    const client = clientOf(server);
    await client.send(new PutObjectCommand({ Bucket, Key, Body: '0123456789' }));
    const got = await client.send(new GetObjectCommand({ Bucket, Key, Range }));
    expect(await got.Body?.transformToString()).toBe(expected);
    expect(got).toMatchObject({ ContentRange: contentRange, ContentLength: expected.length });
    expect(got.$metadata.httpStatusCode).toBe(206);
    const head = await client.send(new HeadObjectCommand({ Bucket, Key, Range }));
    expect(head.ContentLength).toBe(expected.length);
  });

  it('answers a range outside of the object, and conditions that do not hold', async () => {
    const server = await serveS3();
    const client = clientOf(server);
    const { ETag } = await client.send(new PutObjectCommand({ Bucket, Key, Body: '0123456789' }));
    const get = (input: object) => client.send(new GetObjectCommand({ Bucket, Key, ...input }));
    await expect(get({ Range: 'bytes=10-' })).rejects.toMatchObject({ name: 'InvalidRange' });
    await expect(get({ IfMatch: '"another"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(get({ IfNoneMatch: ETag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
    expect((await get({ IfMatch: ETag })).ContentLength).toBe(10);
  });

  it('writes on a condition: a new object alone, or a known one alone', async () => {
    const server = await serveS3();
    const client = clientOf(server);
    const put = (Body: string, input: object) =>
      client.send(new PutObjectCommand({ Bucket, Key, Body, ...input }));
    await expect(put('x', { IfMatch: '"any"' })).rejects.toMatchObject({ name: 'NoSuchKey' });
    const { ETag } = await put('first', { IfNoneMatch: '*' });
    await expect(put('second', { IfNoneMatch: '*' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(put('second', { IfMatch: '"another"' })).rejects.toMatchObject({
      name: 'PreconditionFailed',
    });
    expect(bytesIn(server)?.toString()).toBe('first');
    await put('second', { IfMatch: ETag });
    expect(bytesIn(server)?.toString()).toBe('second');
  });

  it('lists keys in their order, page by page, below a prefix', async () => {
    const server = await serveS3();
    const client = clientOf(server);
    for (const key of ['b/2', 'a/1', 'b/1', 'b/3', 'c']) {
      await client.send(new PutObjectCommand({ Bucket, Key: key, Body: key }));
    }
    const first = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'b/', MaxKeys: 2 }));
    expect(first).toMatchObject({ IsTruncated: true, KeyCount: 2 });
    expect(first.Contents?.map(({ Key: key, Size }) => [key, Size])).toEqual([
      ['b/1', 3],
      ['b/2', 3],
    ]);
    const second = await client.send(
      new ListObjectsV2Command({ Bucket, Prefix: 'b/', ContinuationToken: first.NextContinuationToken }),
    );
    expect(second.IsTruncated).toBe(false);
    expect(second.Contents?.map(({ Key: key }) => key)).toEqual(['b/3']);
  });

  it('deletes, also what is not there', async () => {
    const server = await serveS3();
    const client = clientOf(server);
    await client.send(new PutObjectCommand({ Bucket, Key, Body: 'a video' }));
    for (let time = 0; time < 2; time += 1) await client.send(new DeleteObjectCommand({ Bucket, Key }));
    await expect(client.send(new GetObjectCommand({ Bucket, Key }))).rejects.toMatchObject({
      name: 'NoSuchKey',
    });
    await expect(client.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  it('names a bucket that is not there', async () => {
    const client = clientOf(await serveS3());
    const wrong = { Bucket: 'nowhere', Key };
    await expect(client.send(new PutObjectCommand({ ...wrong, Body: 'x' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
    await expect(client.send(new GetObjectCommand(wrong))).rejects.toMatchObject({ name: 'NoSuchBucket' });
    await expect(client.send(new HeadBucketCommand(wrong))).rejects.toMatchObject({ name: 'NotFound' });
    await client.send(new HeadBucketCommand({ Bucket }));
  });

  it('lets a key that may only read do nothing else', async () => {
    const server = await serveS3();
    await clientOf(server).send(new PutObjectCommand({ Bucket, Key, Body: 'a video' }));
    const reader = clientOf(server, { credentials: READER });
    const got = await reader.send(new GetObjectCommand({ Bucket, Key }));
    expect(await got.Body?.transformToString()).toBe('a video');
    for (const command of [
      new PutObjectCommand({ Bucket, Key, Body: 'x' }),
      new DeleteObjectCommand({ Bucket, Key }),
    ]) {
      await expect(reader.send(command as PutObjectCommand)).rejects.toMatchObject({ name: 'AccessDenied' });
    }
    expect(bytesIn(server)?.toString()).toBe('a video');
  });

  it('lets anybody read a public bucket, and no other one', async () => {
    const server = await serveS3();
    for (const bucket of ['public', 'videos']) {
      await clientOf(server).send(new PutObjectCommand({ Bucket: bucket, Key: 'x.mp4', Body: '0123456789' }));
    }
    const open = await fetch(`${server.endpoint}/public/x.mp4`, { headers: { range: 'bytes=2-4' } });
    expect([open.status, await open.text()]).toEqual([206, '234']);
    const closed = await fetch(`${server.endpoint}/videos/x.mp4`);
    expect(closed.status).toBe(403);
    expect(await closed.text()).toContain('<Code>AccessDenied</Code>');
    for (const init of [{ method: 'PUT', body: 'x' }, { method: 'DELETE' }]) {
      expect((await fetch(`${server.endpoint}/public/x.mp4`, init)).status).toBe(403);
    }
    expect((await fetch(`${server.endpoint}/public?list-type=2`)).status).toBe(403);
  });

  it.each(['acl', 'tagging', 'versioning'])('says that ?%s is not here', async (subresource) => {
    const server = await serveS3();
    const answer = await fetch(`${server.endpoint}/public/x.mp4?${subresource}`);
    expect([answer.status, (await answer.text()).includes('NotImplemented')]).toEqual([501, true]);
  });
});
