import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type S3Server, startS3Server } from '../s3/s3-server.ts';
import {
  AWS_REGION,
  type AwsAccount,
  type AwsAnswer,
  AwsError,
  createAwsAccount,
  notImplemented,
  xml,
} from './aws-account.ts';
import { answerBuckets, answerForm, answerFunctions, answerTarget } from './operations.ts';

/** AWS as far as `defrag lambda` uses it, for the real SDK. */
export interface AwsServer {
  readonly account: AwsAccount;
  /** The objects of the account's buckets. */
  readonly s3: S3Server;
  /** Endpoints and access key for the SDK. */
  readonly env: Readonly<Record<string, string>>;
  /** Address of the buckets. */
  readonly bucketsUrl: string;
  close(): Promise<void>;
}

/**
 * Starts STS, IAM, Lambda, CloudWatch Logs, Service Quotas and S3 on 127.0.0.1, in memory. The S3 server verifies signatures; the
 * other services only check the ID of the key.
 */
export async function startAwsServer(): Promise<AwsServer> {
  const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'the-secret-of-the-aws-user' };
  const account = createAwsAccount(credentials.accessKeyId);
  const s3 = await startS3Server({ buckets: {}, credentials: [credentials], regions: [AWS_REGION] });

  const answerService = async (message: IncomingMessage): Promise<AwsAnswer> => {
    checkKey(account, message);
    const body = (await buffer(message)).toString();
    const target = message.headers['x-amz-target'];
    if (typeof target === 'string') return answerTarget(account, target, JSON.parse(body));
    if (message.url === '/') return answerForm(account, new URLSearchParams(body));
    const { pathname } = new URL(message.url ?? '/', 'http://aws');
    return answerFunctions(
      account,
      message.method ?? '',
      pathname.replace(/\/$/, ''),
      body === '' ? {} : JSON.parse(body),
    );
  };
  const services = await listen(async (message, response) => {
    const isForm = message.url === '/' && message.headers['x-amz-target'] === undefined;
    send(response, await orError(() => answerService(message), isForm ? formError : jsonError));
  });

  const buckets = await listen(async (message, response) => {
    const url = new URL(message.url ?? '/', 'http://aws');
    const isOfBucket =
      url.pathname.split('/').filter(Boolean).length <= 1 && url.searchParams.get('list-type') === null;
    if (!isOfBucket) return forward(message, response, s3);
    const answer = await orError(async () => {
      checkKey(account, message);
      const body = (await buffer(message)).toString();
      const answered = answerBuckets(account, s3, { method: message.method ?? '', url, body });
      if (answered === undefined) throw notImplemented(`${message.method} ${message.url}`);
      return answered;
    }, bucketError);
    send(response, answer);
  });

  return {
    account,
    s3,
    bucketsUrl: buckets.url,
    env: {
      AWS_ENDPOINT_URL: services.url,
      AWS_ENDPOINT_URL_S3: buckets.url,
      REMOTION_AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      REMOTION_AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      REMOTION_AWS_REGION: AWS_REGION,
    },
    async close() {
      await Promise.all([services.close(), buckets.close(), s3.close()]);
    },
  };
}

function checkKey(account: AwsAccount, { headers }: IncomingMessage): void {
  const keyId = /Credential=([^/]+)\//.exec(headers.authorization ?? '')?.[1];
  if (keyId === account.accessKeyId) return;
  throw new AwsError(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.');
}

async function orError(
  answer: () => Promise<AwsAnswer>,
  say: (error: AwsError) => AwsAnswer,
): Promise<AwsAnswer> {
  try {
    return await answer();
  } catch (error) {
    return say(error instanceof AwsError ? error : new AwsError(500, 'InternalFailure', String(error)));
  }
}

const formError = ({ status, code, message }: AwsError) =>
  xml(
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    status,
  );

const bucketError = ({ status, code, message }: AwsError) =>
  xml(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`, status);

const jsonError = ({ status, code, message }: AwsError): AwsAnswer => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
  body: JSON.stringify({ __type: code, Type: 'User', message, Message: message }),
});

function send(response: ServerResponse, { status, headers = {}, body }: AwsAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

/** Keeps the host header, which is signed. */
function forward(message: IncomingMessage, response: ServerResponse, s3: S3Server): void {
  const { port } = new URL(s3.endpoint);
  const { method, url, headers } = message;
  const passed = httpRequest({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  passed.once('error', () => response.destroy());
  message.pipe(passed);
}

async function listen(handle: (message: IncomingMessage, response: ServerResponse) => unknown) {
  const server = createServer((message, response) => void handle(message, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
