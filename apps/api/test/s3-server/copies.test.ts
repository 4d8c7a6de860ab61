import { CopyObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { clientOf, READER, serveS3 } from './support.ts';

const Bucket = 'videos';
const [from, to] = ['a folder/from ü.mp4', 'to.mp4'];
const CopySource = encodeURIComponent(`${Bucket}/${from}`);

async function withObject() {
  const server = await serveS3();
  const client = clientOf(server);
  const put = new PutObjectCommand({
    Bucket,
    Key: from,
    Body: 'content',
    ContentType: 'text/plain',
    Metadata: { a: 'b' },
  });
  const { ETag } = await client.send(put);
  return { server, client, ETag };
}

describe('a copy in the S3 server', () => {
  it('has the bytes of its source, and its headers unless others are given', async () => {
    const { server, client, ETag } = await withObject();
    const answer = await client.send(new CopyObjectCommand({ Bucket, Key: to, CopySource }));
    expect(answer.CopyObjectResult?.ETag).toBe(ETag);
    const head = () => client.send(new HeadObjectCommand({ Bucket, Key: to }));
    expect(await head()).toMatchObject({ ContentType: 'text/plain', Metadata: { a: 'b' }, ContentLength: 7 });
    const headers = { ContentType: 'video/mp4', Metadata: { c: 'd' } };
    await client.send(
      new CopyObjectCommand({ Bucket, Key: to, CopySource, MetadataDirective: 'REPLACE', ...headers }),
    );
    expect(await head()).toMatchObject(headers);
    expect(server.bucket(Bucket).get(from).headers['content-type']).toBe('text/plain');
  });

  it('is refused when the source is another one or not there, and to who may only read', async () => {
    const { server, client, ETag } = await withObject();
    const copy = (CopySourceIfMatch?: string, source = CopySource, by = client) =>
      by.send(
        new CopyObjectCommand({
          Bucket,
          Key: to,
          CopySource: source,
          ...(CopySourceIfMatch === undefined ? {} : { CopySourceIfMatch }),
        }),
      );
    await expect(copy('"another"')).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect(copy(undefined, `${Bucket}/nothing`)).rejects.toMatchObject({ name: 'NoSuchKey' });
    const reader = clientOf(server, { credentials: READER });
    await expect(copy(ETag, CopySource, reader)).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(server.bucket(Bucket).objects.has(to)).toBe(false);
    await copy(ETag);
    expect(server.bucket(Bucket).objects.has(to)).toBe(true);
  });
});
