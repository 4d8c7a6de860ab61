import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it, vi } from 'vitest';
import { clientOf, serveS3 } from './support.ts';

const object = { Bucket: 'videos', Key: 'x.mp4' };

async function start() {
  const server = await serveS3();
  const client = clientOf(server);
  const put = (Body: string | Buffer) => client.send(new PutObjectCommand({ ...object, Body }));
  const head = (options = {}) => client.send(new HeadObjectCommand(object), options);
  return { server, client, bucket: server.bucket('videos'), put, head };
}

describe('faults of the S3 test server', () => {
  it.each([
    ['SlowDown', 503],
    ['InternalError', 500],
    ['AccessDenied', 403],
  ] as const)('respond with %s to the given operation, the given number of times', async (code, status) => {
    const { server, put, head } = await start();
    server.faults.add(code, { operations: ['PutObject'], times: 1 });
    await expect(put('x')).rejects.toMatchObject({ name: code });
    await put('x');
    await head();
    expect(server.requests.map((request) => [request.status, request.errorCode])).toEqual([
      [status, code],
      [200, undefined],
      [200, undefined],
    ]);
  });

  it('keep a request waiting until mend() is called', async () => {
    const { server, head } = await start();
    server.faults.add('hang');
    await expect(head({ abortSignal: AbortSignal.timeout(50) })).rejects.toThrow();
    const failure = expect(head()).rejects.toThrow(/socket hang up|ECONNRESET/);
    await vi.waitUntil(() => server.requests.length === 2, { interval: 5 });
    server.faults.mend();
    await failure;
    await expect(head()).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('close the connection before or in the middle of a body or a response', async () => {
    const { server, client, bucket, put, head } = await start();
    server.faults.add('break', { times: 1 });
    await expect(head()).rejects.toThrow(/socket hang up|ECONNRESET/);
    server.faults.add('break-upload', { times: 1 });
    await expect(put(Buffer.alloc(1_000_000))).rejects.toThrow(/socket hang up|ECONNRESET|EPIPE/);
    expect(bucket.objects.size).toBe(0);
    bucket.put('x.mp4', Buffer.alloc(1_000_000), { headers: {} });
    server.faults.add('break-answer', { times: 1 });
    const { Body } = await client.send(new GetObjectCommand(object));
    await expect(Body?.transformToByteArray()).rejects.toThrow();
  });

  it('lose a response, drop a write and damage a body', async () => {
    const { server, bucket, put } = await start();
    server.faults.add('lose-answer', { times: 1 });
    await expect(put('lost')).rejects.toThrow();
    expect(bucket.get('x.mp4').bytes.toString()).toBe('lost');
    server.faults.add('forget', { times: 1 });
    await put('forgotten');
    expect(bucket.get('x.mp4').bytes.toString()).toBe('lost');
    server.faults.add('damage', { times: 1 });
    await expect(put('damaged')).rejects.toMatchObject({ name: 'XAmzContentSHA256Mismatch' });
  });
});
