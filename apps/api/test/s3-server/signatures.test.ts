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

/** Status and S3's code of an answer. */
async function outcome(answer: Response): Promise<[number, string]> {
  return [answer.status, /<Code>(\w+)<\/Code>/.exec(await answer.text())?.[1] ?? ''];
}

describe('a signature in the header', () => {
  it.each([
    ['secret', { credentials: { ...OWNER, secretAccessKey: 'another secret' } }, 'SignatureDoesNotMatch'],
    ['key', { credentials: { ...OWNER, accessKeyId: 'nobody' } }, 'InvalidAccessKeyId'],
    ['region', { region: 'eu-west-1' }, 'AuthorizationHeaderMalformed'],
    ['clock', { systemClockOffset: 16 * 60_000 }, 'RequestTimeTooSkewed'],
    ['clock, behind', { systemClockOffset: -16 * 60_000 }, 'RequestTimeTooSkewed'],
  ])('of another %s is refused', async (_name, config, code) => {
    // One client each: it learns from the first refusal how far off its clock is.
    const getting = clientOf(server, config).send(new GetObjectCommand(object));
    await expect(getting).rejects.toMatchObject({ name: code });
    const putting = clientOf(server, config).send(new PutObjectCommand({ ...object, Body: 'x' }));
    await expect(putting).rejects.toMatchObject({ name: code });
    expect(server.bucket('videos').get(object.Key).bytes.toString()).toBe('0123456789');
  });

  it.each([
    ['another path', (request: Sent) => ({ ...request, path: request.path.replace('1', '2') })],
    ['another method', (request: Sent) => ({ ...request, method: 'DELETE' })],
    ['another query', (request: Sent) => ({ ...request, path: `${request.path}&partNumber=1` })],
    ['another signed header', (request: Sent) => with_(request, 'x-amz-meta-a', '2')],
    ['another digest', (request: Sent) => with_(request, 'x-amz-content-sha256', 'UNSIGNED-PAYLOAD')],
    ['another date', (request: Sent) => with_(request, 'x-amz-date', later(request.headers['x-amz-date']))],
  ])('does not hold for %s', async (_name, tamper) => {
    const request = tamper(await signedPut());
    const [status, code] = await outcome(await replay(request));
    expect([status, code]).toEqual([403, 'SignatureDoesNotMatch']);
    expect(server.bucket('videos').objects.size).toBe(1);
  });

  it('must cover every x-amz- header', async () => {
    const request = with_(await signedPut(), 'x-amz-meta-b', 'smuggled in');
    expect(await outcome(await replay(request))).toEqual([403, 'AccessDenied']);
  });

  it('holds for the request as it was signed', async () => {
    expect((await replay(await signedPut())).status).toBe(200);
    expect(server.bucket('videos').get('y1.mp4').headers['x-amz-meta-a']).toBe('1');
  });

  it.each(['', 'Basic abc', 'AWS4-HMAC-SHA256 Credential=a/b, Signature=c'])('is no %j', async (header) => {
    const answer = await fetch(`${server.endpoint}/videos/x`, { headers: { authorization: header } });
    expect([400, 403]).toContain(answer.status);
  });

  interface Sent {
    method: string;
    path: string;
    headers: Record<string, string>;
  }
  const with_ = (request: Sent, name: string, value: string): Sent => ({
    ...request,
    headers: { ...request.headers, [name]: value },
  });
  const later = (timestamp = '') =>
    timestamp.replace(/(\d)Z$/, (_all, digit) => `${(Number(digit) + 1) % 10}Z`);

  /** A request as the SDK signs it, caught before it is sent. */
  async function signedPut(): Promise<Sent> {
    const client = clientOf(server, { requestChecksumCalculation: 'WHEN_REQUIRED' });
    const command = new PutObjectCommand({
      Bucket: 'videos',
      Key: 'y1.mp4',
      Body: 'x',
      Metadata: { a: '1' },
    });
    let sent: Sent | undefined;
    command.middlewareStack.add(
      () => async (args) => {
        const { method, path, headers } = args.request as Sent;
        sent = { method, path: `${path}?x-id=PutObject`, headers };
        throw new Error('caught');
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
    await expect(client.send(command)).rejects.toThrow('caught');
    if (sent === undefined) throw new Error('nothing was caught');
    return sent;
  }

  const replay = ({ method, path, headers }: Sent) => {
    const { host: _host, 'content-length': _length, ...rest } = headers;
    return fetch(`${server.endpoint}${path}`, { method, headers: rest, body: 'x' });
  };
});

describe('a presigned URL', () => {
  const sign = (options: Parameters<typeof getSignedUrl>[2] = {}, config = {}) =>
    getSignedUrl(clientOf(server, config), new GetObjectCommand(object), options);

  it('opens its object, also in ranges', async () => {
    const url = await sign();
    expect(await (await fetch(url)).text()).toBe('0123456789');
    const range = await fetch(url, { headers: { range: 'bytes=1-2' } });
    expect([range.status, await range.text()]).toEqual([206, '12']);
  });

  it('is for its method alone', async () => {
    expect((await fetch(await sign(), { method: 'HEAD' })).status).toBe(403);
    const head = await getSignedUrl(clientOf(server), new HeadObjectCommand(object));
    expect((await fetch(head, { method: 'HEAD' })).headers.get('content-length')).toBe('10');
    expect(await outcome(await fetch(await sign(), { method: 'PUT', body: 'x' }))).toEqual([
      403,
      'SignatureDoesNotMatch',
    ]);
  });

  it('expires', async () => {
    const signingDate = new Date(Date.now() - 61_000);
    expect((await fetch(await sign({ expiresIn: 120, signingDate }))).status).toBe(200);
    const answer = await fetch(await sign({ expiresIn: 60, signingDate }));
    expect(await outcome(answer)).toEqual([403, 'AccessDenied']);
  });

  it('is not valid before its time', async () => {
    const signingDate = new Date(Date.now() + 16 * 60_000);
    expect(await outcome(await fetch(await sign({ signingDate })))).toEqual([403, 'AccessDenied']);
  });

  it.each([
    ['signature', 'X-Amz-Signature', '0'.repeat(64), 'SignatureDoesNotMatch'],
    ['expiry', 'X-Amz-Expires', '604800', 'SignatureDoesNotMatch'],
    ['expiry of more than a week', 'X-Amz-Expires', '604801', 'AuthorizationQueryParametersError'],
    ['expiry of no time', 'X-Amz-Expires', '0', 'AuthorizationQueryParametersError'],
    ['expiry of -1', 'X-Amz-Expires', '-1', 'AuthorizationQueryParametersError'],
    ['algorithm', 'X-Amz-Algorithm', 'AWS4-HMAC-MD5', 'AuthorizationQueryParametersError'],
    ['date', 'X-Amz-Date', '20200101T000000Z', 'AuthorizationQueryParametersError'],
    ['key', 'X-Amz-Credential', undefined, 'InvalidAccessKeyId'],
    ['headers', 'X-Amz-SignedHeaders', 'accept', 'AccessDenied'],
    ['operation', 'x-id', 'PutObject', 'SignatureDoesNotMatch'],
    ['extra', 'prefix', 'a', 'SignatureDoesNotMatch'],
  ])('with another %s is refused', async (_name, name, value, code) => {
    const url = new URL(await sign());
    const old = url.searchParams.get(name) ?? '';
    url.searchParams.set(name, value ?? old.replace('owner', 'nobody'));
    expect((await outcome(await fetch(url)))[1]).toBe(code);
  });

  it('for another object, or with a parameter twice or missing, is refused', async () => {
    const url = await sign();
    server.bucket('videos').put('a folder/x (2).mp4', Buffer.from('x'), { headers: {} });
    expect((await outcome(await fetch(url.replace('%281', '%282'))))[1]).toBe('SignatureDoesNotMatch');
    for (const wrong of [`${url}&X-Amz-Expires=60`, url.replace(/X-Amz-Expires=\d+&/, '')]) {
      expect((await outcome(await fetch(wrong)))[1]).toBe('AuthorizationQueryParametersError');
    }
  });

  it('does not mix with a signature in the header', async () => {
    const answer = await fetch(await sign(), { headers: { authorization: 'AWS4-HMAC-SHA256 x' } });
    expect((await outcome(answer))[1]).toBe('InvalidArgument');
  });

  it('of a wrong secret is refused', async () => {
    const url = await sign({}, { credentials: { ...OWNER, secretAccessKey: 'another' } });
    expect((await outcome(await fetch(url)))[1]).toBe('SignatureDoesNotMatch');
  });
});
