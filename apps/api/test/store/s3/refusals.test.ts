import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { inspect } from 'node:util';
import { objectKey } from '@defrag/core';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { describeError } from '../../../src/logger.ts';
import type { VideoStore } from '../../../src/store/store.ts';
import { newFile, OWNER, openS3Store, startBucket } from '../support/store-places.ts';

const KEY = objectKey('ab'.repeat(32));
const READER = { accessKeyId: 'reader', secretAccessKey: 'the secret of the reader' };

const CREDENTIALS = 'The store rejected the credentials: check R2_ACCESS_KEY_ID and R2_SECRET_ACCESS_KEY';
const ACCESS = 'The store denied access: allow the token to read and write objects of R2_BUCKET';
const BUCKET = 'The store has no bucket of this name: check R2_BUCKET';
const HOST = 'The host name of the store cannot be resolved: check R2_ENDPOINT';
const UNREACHABLE = 'The store cannot be reached: check the network and R2_ENDPOINT';
const NO_S3 = 'The store does not speak the S3 protocol: check R2_ENDPOINT';

/** The error of a failed operation. */
async function errorOf(use: Promise<unknown>): Promise<AppError> {
  const error = await use.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE', httpStatus: 503, retryable: true });
  return error as AppError;
}

/** The error message of each operation. Fails when an error would log a secret. */
async function messages(store: VideoStore) {
  const errors = {
    check: await errorOf(store.check()),
    put: await errorOf(store.put(KEY, await newFile('a video'))),
    head: await errorOf(store.head(KEY)),
    read: await errorOf(store.read(KEY)),
    delete: await errorOf(store.delete(KEY)),
  };
  for (const error of Object.values(errors)) {
    const logged = inspect(describeError(error), { depth: 10 });
    for (const secret of [OWNER.secretAccessKey, READER.secretAccessKey, 'Signature=', 'X-Amz-']) {
      expect(logged).not.toContain(secret);
    }
    expect(error.cause).toBeInstanceOf(Error);
  }
  return Object.fromEntries(Object.entries(errors).map(([use, { message }]) => [use, message]));
}

/** Starts a server on 127.0.0.1 until the test ends. @returns its port */
async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe('every operation of an S3 store fails with the same message', () => {
  it.each([
    ['a wrong secret', { secretAccessKey: 'wrong secret' }, CREDENTIALS],
    ['an unknown access key', { accessKeyId: 'nobody' }, CREDENTIALS],
    ['a bucket that does not exist', { bucket: 'nowhere' }, BUCKET],
    ['a host name that does not resolve', { endpoint: 'http://nobody.invalid' }, HOST],
    ['an endpoint where nothing listens', { endpoint: 'http://127.0.0.1:1' }, UNREACHABLE],
  ])('for %s', async (_name, wrong, sentence) => {
    const said = await messages(openS3Store(await startBucket(), wrong));
    expect(new Set(Object.values(said))).toEqual(new Set([sentence]));
  });

  it('for a read-only key, except reads', async () => {
    const server = await startBucket({ credentials: [OWNER, { ...READER, access: 'read' }] });
    await openS3Store(server).put(KEY, await newFile('a video'));
    const store = openS3Store(server, READER);
    const other = objectKey('cd'.repeat(32));
    const file = await newFile('another');
    for (const use of [() => store.check(), () => store.delete(KEY), () => store.put(other, file)]) {
      expect((await errorOf(use())).message).toBe(ACCESS);
    }
    expect(await store.head(KEY)).toEqual({ sizeBytes: 7 });
  });
});

describe('the check of an S3 store', () => {
  it.each([
    [200, 'text/html', '<!doctype html><p>Welcome'],
    [404, 'text/html', '<!doctype html><p>Not found'],
    [404, 'text/plain', 'not found'],
    [200, 'application/json', '{}'],
  ])('recognizes a web server that answers %i %s', async (status, contentType, body) => {
    const port = await portOf(
      createServer((_request, response) => {
        response.writeHead(status, { 'content-type': contentType }).end(body);
      }),
    );
    const store = openS3Store(await startBucket(), { endpoint: `http://127.0.0.1:${port}` });
    expect((await errorOf(store.check())).message).toBe(NO_S3);
  });

  it('recognizes a server that does not speak HTTP', async () => {
    const port = await portOf(createTcpServer((socket) => socket.end('220 ready\r\n')));
    const store = openS3Store(await startBucket(), { endpoint: `http://127.0.0.1:${port}` });
    expect([NO_S3, UNREACHABLE]).toContain((await errorOf(store.check())).message);
  });

  it.each([
    ['SlowDown', 'The store is overloaded: try again later'],
    // The client corrects its clock once before it reports this.
    ['RequestTimeTooSkewed', 'The store rejected the time of the request: set the clock of this machine'],
  ] as const)('explains the error %s', async (fault, sentence) => {
    const server = await startBucket();
    server.faults.add(fault);
    expect((await errorOf(openS3Store(server).check())).message).toBe(sentence);
  });

  it('writes at most once a minute, and again after a failed write', async () => {
    const server = await startBucket();
    const store = openS3Store(server);
    const writes = () => server.requests.filter(({ operation }) => operation === 'PutObject').length;
    for (let time = 0; time < 5; time += 1) await store.check();
    expect(writes()).toBe(1);
    server.faults.add('AccessDenied', { operations: ['PutObject'] });
    await store.check();
    await errorOf(store.put(KEY, await newFile('a video')));
    expect((await errorOf(store.check())).message).toBe(ACCESS);
    server.faults.mend();
    await store.check();
    expect(server.bucket('videos').objects.size).toBe(0);
  });

  it('rejects with the reason of its signal', async () => {
    const server = await startBucket();
    server.faults.add('hang');
    const reason = new Error('no answer within 50 ms');
    const controller = new AbortController();
    const checking = expect(openS3Store(server).check(controller.signal)).rejects.toBe(reason);
    await vi.waitUntil(() => server.requests.length > 0, { interval: 5 });
    controller.abort(reason);
    await checking;
  });
});
