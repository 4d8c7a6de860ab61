import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { beforeEach, describe, expect, it } from 'vitest';
import type { S3Server } from '../support/s3/s3-server.ts';
import { clientOf, OWNER, serveS3 } from './support.ts';

const object = { Bucket: 'videos', Key: 'a folder/x (1).mp4' };

let server: S3Server;
beforeEach(async () => {
  server = await serveS3();
  server.bucket('videos').put(object.Key, Buffer.from('0123456789'), { headers: {} });
});

/** Status and S3 error code of a response. */
async function outcome(answer: Response): Promise<[number, string]> {
  return [answer.status, /<Code>(\w+)<\/Code>/.exec(await answer.text())?.[1] ?? ''];
}

describe('a signature in a header', () => {
  it.each([
    ['secret', { credentials: { ...OWNER, secretAccessKey: 'another secret' } }, 'SignatureDoesNotMatch'],
    ['key', { credentials: { ...OWNER, accessKeyId: 'nobody' } }, 'InvalidAccessKeyId'],
    ['region', { region: 'eu-west-1' }, 'AuthorizationHeaderMalformed'],
    ['clock, ahead', { systemClockOffset: 16 * 60_000 }, 'RequestTimeTooSkewed'],
    ['clock, behind', { systemClockOffset: -16 * 60_000 }, 'RequestTimeTooSkewed'],
  ])('is rejected with another %s', async (_name, config, code) => {
    const put = new PutObjectCommand({ ...object, Body: 'x' });
    await expect(clientOf(server, config).send(put)).rejects.toMatchObject({ name: code });
    expect(server.bucket('videos').get(object.Key).bytes.toString()).toBe('0123456789');
  });

  it.each([
    ['another path', (sent: Sent) => ({ ...sent, path: sent.path.replace('1', '2') })],
    ['another method', (sent: Sent) => ({ ...sent, method: 'DELETE' })],
    ['another query', (sent: Sent) => ({ ...sent, path: `${sent.path}&prefix=1` })],
    ['another signed header', (sent: Sent) => withHeader(sent, 'x-amz-meta-a', '2')],
    ['another digest', (sent: Sent) => withHeader(sent, 'x-amz-content-sha256', 'UNSIGNED-PAYLOAD')],
    ['another date', (sent: Sent) => withHeader(sent, 'x-amz-date', nextSecond(sent.headers['x-amz-date']))],
  ])('is rejected for %s', async (_name, tamper) => {
    expect(await outcome(await replay(tamper(await signedPut())))).toEqual([403, 'SignatureDoesNotMatch']);
    expect(server.bucket('videos').objects.size).toBe(1);
  });

  it('is accepted for the signed request, and must cover every x-amz- header', async () => {
    const request = await signedPut();
    const smuggled = await replay(withHeader(request, 'x-amz-meta-b', 'unsigned'));
    expect(await outcome(smuggled)).toEqual([403, 'AccessDenied']);
    expect((await replay(request)).status).toBe(200);
    expect(server.bucket('videos').get('y1.mp4').headers['x-amz-meta-a']).toBe('1');
  });

  it.each(['', 'Basic abc', 'AWS4-HMAC-SHA256 Credential=a/b, Signature=c'])(
    'is rejected when it is %j',
    async (text) => {
      const answer = await fetch(`${server.endpoint}/videos/x`, { headers: { authorization: text } });
      expect([400, 403]).toContain(answer.status);
    },
  );

  interface Sent {
    method: string;
    path: string;
    headers: Record<string, string>;
  }
  const withHeader = (sent: Sent, name: string, value: string): Sent => ({
    ...sent,
    headers: { ...sent.headers, [name]: value },
  });
  const nextSecond = (timestamp = '') =>
    timestamp.replace(/(\d)Z$/, (_all, digit) => `${(Number(digit) + 1) % 10}Z`);

  /** A request that the SDK signed, intercepted before it is sent. */
  async function signedPut(): Promise<Sent> {
    const client = clientOf(server, { requestChecksumCalculation: 'WHEN_REQUIRED' });
    const input = { Bucket: 'videos', Key: 'y1.mp4', Body: 'x', Metadata: { a: '1' } };
    const command = new PutObjectCommand(input);
    let sent: Sent | undefined;
    command.middlewareStack.add(
      () => async (args) => {
        const { method, path, headers } = args.request as Sent;
        sent = { method, path: `${path}?x-id=PutObject`, headers };
        throw new Error('intercepted');
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    await expect(client.send(command)).rejects.toThrow('caught');
    if (sent === undefined) throw new Error('no request was intercepted');
    return sent;
  }

  const replay = ({ method, path, headers }: Sent) => {
    const { host: _host, 'content-length': _length, ...rest } = headers;
    return fetch(`${server.endpoint}${path}`, { method, headers: rest, body: 'x' });
  };
});

describe('a presigned URL', () => {
  const sign = (options: Parameters<typeof getSignedUrl>[2] = {}) =>
    getSignedUrl(clientOf(server), new GetObjectCommand(object), options);

  it('works for its object and method only', async () => {
    const range = await fetch(await sign(), { headers: { range: 'bytes=1-2' } });
    expect([range.status, await range.text()]).toEqual([206, '12']);
    expect((await fetch(await sign(), { method: 'HEAD' })).status).toBe(403);
    const head = await getSignedUrl(clientOf(server), new HeadObjectCommand(object));
    expect((await fetch(head, { method: 'HEAD' })).headers.get('content-length')).toBe('10');
  });

  it('is rejected before its date and after it has expired', async () => {
    const signingDate = new Date(Date.now() - 61_000);
    expect((await fetch(await sign({ expiresIn: 120, signingDate }))).status).toBe(200);
    for (const url of [
      await sign({ expiresIn: 60, signingDate }),
      await sign({ signingDate: new Date(Date.now() + 16 * 60_000) }),
    ]) {
      expect(await outcome(await fetch(url))).toEqual([403, 'AccessDenied']);
    }
  });

  it.each([
    ['signature', 'X-Amz-Signature', '0'.repeat(64), 'SignatureDoesNotMatch'],
    ['expiry', 'X-Amz-Expires', '604800', 'SignatureDoesNotMatch'],
    ['expiry of more than a week', 'X-Amz-Expires', '604801', 'AuthorizationQueryParametersError'],
    ['expiry of 0', 'X-Amz-Expires', '0', 'AuthorizationQueryParametersError'],
    ['algorithm', 'X-Amz-Algorithm', 'AWS4-HMAC-MD5', 'AuthorizationQueryParametersError'],
    ['date', 'X-Amz-Date', '20200101T000000Z', 'AuthorizationQueryParametersError'],
    ['key', 'X-Amz-Credential', undefined, 'InvalidAccessKeyId'],
    ['headers', 'X-Amz-SignedHeaders', 'accept', 'AccessDenied'],
    ['operation', 'x-id', 'PutObject', 'SignatureDoesNotMatch'],
    ['parameter', 'prefix', 'a', 'SignatureDoesNotMatch'],
  ])('is rejected with another %s', async (_name, name, value, code) => {
    const url = new URL(await sign());
    const old = url.searchParams.get(name) ?? '';
    url.searchParams.set(name, value ?? old.replace('owner', 'nobody'));
    expect((await outcome(await fetch(url)))[1]).toBe(code);
  });

  it('is rejected for another object, with missing or repeated parameters and together with a header', async () => {
    const url = await sign();
    server.bucket('videos').put('a folder/x (2).mp4', Buffer.from('x'), { headers: {} });
    expect((await outcome(await fetch(url.replace('%281', '%282'))))[1]).toBe('SignatureDoesNotMatch');
    for (const wrong of [`${url}&X-Amz-Expires=60`, url.replace(/X-Amz-Expires=\d+&/, '')]) {
      expect((await outcome(await fetch(wrong)))[1]).toBe('AuthorizationQueryParametersError');
    }
    const both = await fetch(url, { headers: { authorization: 'AWS4-HMAC-SHA256 x' } });
    expect((await outcome(both))[1]).toBe('InvalidArgument');
  });
});
