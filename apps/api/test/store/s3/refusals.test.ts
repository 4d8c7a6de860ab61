import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server } from 'node:net';
import { inspect } from 'node:util';
import { objectKey } from '@defrag/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { describeError } from '../../../src/logger.ts';
import type { VideoStore } from '../../../src/store/store.ts';
import { sourceFile } from '../support/source-file.ts';
import { OWNER, openS3Store, startBucket } from '../support/store-places.ts';

const KEY = objectKey('ab'.repeat(32));
const READER = { accessKeyId: 'reader', secretAccessKey: 'the secret of the reader' };

const CREDENTIALS = 'The store does not accept the credentials (R2_ACCESS_KEY_ID, R2_SECRET_ACCESS_KEY)';
const ACCESS = 'The store refuses access: the token must be allowed to read and write objects of R2_BUCKET';
const BUCKET = 'The store has no such bucket (R2_BUCKET)';
const ENDPOINT = 'The store cannot be found (R2_ENDPOINT)';
const OUT_OF_REACH = 'The store is out of reach';
const NO_S3 = 'The store does not speak the S3 protocol (R2_ENDPOINT)';

/** The error with which a use ends. */
async function errorOf(use: Promise<unknown>): Promise<AppError> {
  const error = await use.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code: 'STORE_UNAVAILABLE', httpStatus: 503, retryable: true });
  return error as AppError;
}

/** What a store says at the start and at every use. */
async function complaints(store: VideoStore) {
  const { path, object } = await sourceFile('a video');
  const errors = {
    check: await errorOf(store.check()),
    put: await errorOf(store.put(KEY, path, object)),
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

/** The port of a server on 127.0.0.1 that is there until the test is over. */
async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe('a store that refuses says why in one sentence, at the start and at every use', () => {
  it.each([
    ['a wrong secret', { secretAccessKey: 'wrong secret' }],
    ['an unknown key', { accessKeyId: 'nobody' }],
  ])('%s', async (_name, wrong) => {
    const said = await complaints(openS3Store(await startBucket(), wrong));
    expect(new Set(Object.values(said))).toEqual(new Set([CREDENTIALS]));
  });

  it('a bucket that is not there', async () => {
    const said = await complaints(openS3Store(await startBucket(), { bucket: 'nowhere' }));
    expect(new Set(Object.values(said))).toEqual(new Set([BUCKET]));
  });

  it('an endpoint where nothing listens', async () => {
    const server = await startBucket();
    const store = openS3Store(server);
    await server.close();
    expect(new Set(Object.values(await complaints(store)))).toEqual(new Set([OUT_OF_REACH]));
  });

  it('an endpoint with a name that nobody has', async () => {
    const store = openS3Store(await startBucket(), { endpoint: 'http://nobody.invalid' });
    expect(new Set(Object.values(await complaints(store)))).toEqual(new Set([ENDPOINT]));
  });

  it.each([
    [200, 'text/html', '<!doctype html><p>Welcome'],
    [404, 'text/html', '<!doctype html><p>Not found'],
    [404, 'text/plain', 'not found'],
    [200, 'application/json', '{}'],
  ])('a server of another kind, which answers %i %s', async (status, contentType, body) => {
    const port = await portOf(
      createServer((_request, response) => {
        response.writeHead(status, { 'content-type': contentType }).end(body);
      }),
    );
    const store = openS3Store(await startBucket(), { endpoint: `http://127.0.0.1:${port}` });
    expect((await errorOf(store.check())).message).toBe(NO_S3);
  });

  it('a server that speaks no HTTP', async () => {
    const port = await portOf(createTcpServer((socket) => socket.end('220 ready\r\n')));
    const store = openS3Store(await startBucket(), { endpoint: `http://127.0.0.1:${port}` });
    expect((await errorOf(store.check())).message).toMatch(/^The store (is out of reach|does not speak)/);
  });

  it('a key that may only read: it reads, but is not ready and writes nothing', async () => {
    const server = await startBucket({ credentials: [OWNER, { ...READER, access: 'read' }] });
    const { path, object } = await sourceFile('a video');
    await openS3Store(server).put(KEY, path, object);
    const store = openS3Store(server, READER);
    expect((await errorOf(store.check())).message).toBe(ACCESS);
    expect((await errorOf(store.delete(KEY))).message).toBe(ACCESS);
    const other = objectKey('cd'.repeat(32));
    expect((await errorOf(store.put(other, path, object))).message).toBe(ACCESS);
    expect(await store.head(KEY)).toEqual({ sizeBytes: 7 });
  });

  it('a store that is overloaded', async () => {
    const server = await startBucket();
    server.faults.add('SlowDown');
    const said = await complaints(openS3Store(server));
    expect(new Set(Object.values(said))).toEqual(new Set(['The store is overloaded']));
  });

  it('a clock that is far off', async () => {
    const server = await startBucket();
    // Told once, the client corrects itself.
    server.faults.add('RequestTimeTooSkewed');
    expect((await errorOf(openS3Store(server).check())).message).toBe(
      'The store does not accept the clock of this machine',
    );
  });
});

describe('the check', () => {
  it('writes once, and again when a write has failed since', async () => {
    const server = await startBucket();
    const store = openS3Store(server);
    const writes = () => server.requests.filter(({ operation }) => operation === 'PutObject').length;
    for (let time = 0; time < 5; time += 1) await store.check();
    expect(writes()).toBe(1);
    server.faults.add('AccessDenied', { operations: ['PutObject'] });
    await store.check();
    const { path, object } = await sourceFile('a video');
    await errorOf(store.put(KEY, path, object));
    expect((await errorOf(store.check())).message).toBe(ACCESS);
    server.faults.mend();
    await store.check();
    expect(server.bucket('videos').objects.size).toBe(0);
  });

  it('ends with the reason of its signal', async () => {
    const server = await startBucket();
    server.faults.add('hang');
    const reason = new Error('no answer within 50 ms');
    const controller = new AbortController();
    const checking = expect(openS3Store(server).check(controller.signal)).rejects.toBe(reason);
    while (server.requests.length === 0) await new Promise(setImmediate);
    controller.abort(reason);
    await checking;
  });
});
