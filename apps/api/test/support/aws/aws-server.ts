import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type S3Server, startS3Server } from '../s3/s3-server.ts';
import { type AwsAccount, createAwsAccount } from './aws-account.ts';
import { type AwsAnswer, AwsError, xml } from './aws-answer.ts';
import { answerBuckets } from './bucket-operations.ts';
import { answerFunctions } from './function-operations.ts';
import { answerForm } from './identity-operations.ts';
import { answerTarget } from './target-operations.ts';

/** A running server that the real SDK takes for AWS. */
export interface AwsServer {
  readonly account: AwsAccount;
  /** The objects of the account's buckets. */
  readonly s3: S3Server;
  /** Variables that lead the SDK here, with the key of the account's user. */
  readonly env: Readonly<Record<string, string>>;
  /** Where a bucket is read from here. */
  readonly bucketsUrl: string;
  close(): Promise<void>;
}

/** The one region of the account. */
export const AWS_REGION = 'eu-central-1';

/**
 * Starts what deployment asks of STS, IAM, Lambda, CloudWatch Logs, Service Quotas and S3, on 127.0.0.1 and in memory. Objects are the
 * S3 server's, which verifies signatures; elsewhere the key's id alone is looked at. What is not here is answered NotImplemented.
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
      return (
        answerBuckets(account, s3, { method: message.method ?? '', url, body }) ??
        Promise.reject(new AwsError(501, 'NotImplemented', `${message.method} ${message.url} is not here.`))
      );
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

/** As it is, with its name of the host: the signature is over that. */
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
