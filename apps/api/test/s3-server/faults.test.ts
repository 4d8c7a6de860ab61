import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { decodeAwsChunked } from '../support/s3/aws-chunked.ts';
import { clientOf, serveS3 } from './support.ts';

const object = { Bucket: 'videos', Key: 'x.mp4' };

describe('a server that is told to fail', () => {
  it.each(['SlowDown', 'InternalError', 'AccessDenied'] as const)(
    'answers %s to the operations named, as often as told',
    async (code) => {
      const server = await serveS3();
      const client = clientOf(server);
      server.faults.add(code, { operations: ['PutObject'], times: 1, after: 1 });
      const put = () => client.send(new PutObjectCommand({ ...object, Body: 'x' }));
      await put();
      await expect(put()).rejects.toMatchObject({ name: code });
      await put();
      await client.send(new HeadObjectCommand(object));
      expect(server.requests.map(({ status, errorCode }) => [status, errorCode])).toEqual([
        [200, undefined],
        [{ SlowDown: 503, InternalError: 500, AccessDenied: 403 }[code], code],
        [200, undefined],
        [200, undefined],
      ]);
    },
  );

  it('never answers, until it is mended', async () => {
    const server = await serveS3();
    const client = clientOf(server);
    server.faults.add('hang');
    await expect(
      client.send(new HeadObjectCommand(object), { abortSignal: AbortSignal.timeout(50) }),
    ).rejects.toThrow();
    const hanging = client.send(new HeadObjectCommand(object));
    const failure = expect(hanging).rejects.toThrow(/socket hang up|ECONNRESET/);
    while (server.requests.length < 2) await new Promise(setImmediate);
    server.faults.mend();
    await failure;
    await expect(client.send(new HeadObjectCommand(object))).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('breaks the connection before, or in the middle of, an answer', async () => {
    const server = await serveS3();
    const client = clientOf(server);
    server.bucket('videos').put('x.mp4', Buffer.alloc(1_000_000), { headers: {} });
    server.faults.add('break', { times: 1 });
    await expect(client.send(new GetObjectCommand(object))).rejects.toThrow(/socket hang up|ECONNRESET/);
    server.faults.add('break-answer', { times: 1 });
    const { Body } = await client.send(new GetObjectCommand(object));
    await expect(Body?.transformToByteArray()).rejects.toThrow();
  });

  it('does what it is asked for and loses the answer, or forgets it', async () => {
    const server = await serveS3();
    const client = clientOf(server);
    server.faults.add('lose-answer', { times: 1 });
    await expect(client.send(new PutObjectCommand({ ...object, Body: 'lost' }))).rejects.toThrow();
    expect(server.bucket('videos').get('x.mp4').bytes.toString()).toBe('lost');
    server.faults.add('forget', { times: 1 });
    await client.send(new PutObjectCommand({ ...object, Body: 'forgotten' }));
    expect(server.bucket('videos').get('x.mp4').bytes.toString()).toBe('lost');
  });
});

describe('a body in chunks', () => {
  const decode = (text: string) => decodeAwsChunked(Buffer.from(text, 'latin1'));

  it('is put together, with its trailers', () => {
    const { bytes, trailers } = decode(
      '5\r\nhello\r\nA\r\n\r\n 12345678\r\n0\r\nX-Sum: abc\r\n\r\n'.replace(' 1', '1'),
    );
    expect(bytes.toString()).toBe('hello\r\n12345678');
    expect([...trailers]).toEqual([['x-sum', 'abc']]);
  });

  it.each([
    ['', 'IncompleteBody'],
    ['5\r\nhell', 'IncompleteBody'],
    ['5\r\nhello\r\n', 'IncompleteBody'],
    ['5\r\nhello\r\n0\r\n', 'IncompleteBody'],
    ['4\r\nhello\r\n0\r\n\r\n', 'InvalidRequest'],
    ['x\r\nhello\r\n0\r\n\r\n', 'InvalidRequest'],
    ['5;chunk-signature=abc\r\nhello\r\n0\r\n\r\n', 'InvalidRequest'],
    ['0\r\nno colon\r\n\r\n', 'InvalidRequest'],
    ['0\r\n\r\nmore', 'InvalidRequest'],
  ])('is refused as %j', (text, code) => {
    expect(() => decode(text)).toThrow(expect.objectContaining({ code }));
  });
});
