import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { authenticate, type S3Credentials, type SignaturePolicy } from './authenticate.ts';
import { Bucket } from './bucket.ts';
import { type CorsRule, corsHeaders } from './cors.ts';
import { type Fault, Faults } from './faults.ts';
import { findOperation } from './find-operation.ts';
import type { S3Answer, S3Operation } from './operation.ts';
import { errorXml, S3Error } from './s3-error.ts';
import { parseRequest, type S3Request } from './s3-request.ts';

/** What a server is started with. */
export interface S3ServerOptions {
  /** Its buckets; those of `true` may be read by anybody, as behind a public domain. */
  readonly buckets: Readonly<Record<string, { readonly publicRead?: boolean }>>;
  readonly credentials: readonly S3Credentials[];
  /** Regions that a signature may name. (Default: those of R2) */
  readonly regions?: readonly string[];
  readonly cors?: CorsRule;
  /** TCP port of 127.0.0.1. (Default: any free one) */
  readonly port?: number;
}

/** A request that the server has seen. */
export interface SeenRequest {
  /** Such as `PutObject`; empty when none was found. */
  readonly operation: string;
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, unknown>>;
  /** HTTP status of the answer; undefined as long as there is none. */
  status?: number;
  /** S3's code of the error. */
  errorCode?: string;
}

/** A running server. */
export interface S3Server {
  /** `http://127.0.0.1:port`. */
  readonly endpoint: string;
  readonly faults: Faults;
  /** Every request, in the order of arrival. */
  readonly requests: readonly SeenRequest[];
  /** The bucket itself. @throws Error when there is none */
  bucket(name: string): Bucket;
  /** Makes a bucket that anybody may read, empty, beside those that the server began with. */
  addPublicBucket(name: string): void;
  /** Ends the server and tears down what is open. */
  close(): Promise<void>;
}

/** How R2's only region may be called. */
const R2_REGIONS = ['auto', 'us-east-1'];

/** Starts an S3-compatible server on 127.0.0.1 that keeps everything in memory. See README.md. */
export async function startS3Server(options: S3ServerOptions): Promise<S3Server> {
  const buckets = new Map(
    Object.entries(options.buckets).map(([name, { publicRead = false }]) => [
      name,
      new Bucket(name, publicRead),
    ]),
  );
  const policy: SignaturePolicy = {
    credentials: options.credentials,
    regions: options.regions ?? R2_REGIONS,
    now: Date.now,
  };
  const faults = new Faults();
  const requests: SeenRequest[] = [];

  const findBucket = (name: string) => {
    const bucket = buckets.get(name);
    if (bucket === undefined) throw new S3Error('NoSuchBucket', 'The specified bucket does not exist.');
    return bucket;
  };

  /** @returns undefined when there is to be no answer */
  const answer = async (
    request: S3Request,
    operation: S3Operation,
    { fault, response }: { fault: Fault | undefined; response: ServerResponse },
  ): Promise<S3Answer | undefined> => {
    const credentials = authenticate(request, policy);
    const bucket = findBucket(request.bucket);
    authorize(operation, credentials, bucket);
    const early = faults.before(fault, response);
    if (early === 'silence') return undefined;
    return early ?? (await operation.run(request, bucket));
  };

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = randomUUID();
    let request: S3Request | undefined;
    let seen: SeenRequest | undefined;
    try {
      request = parseRequest(message);
      seen = { operation: '', ...summary(request) };
      requests.push(seen);
      if (request.method === 'OPTIONS') {
        const headers = corsHeaders(request, options.cors);
        response.writeHead('access-control-allow-origin' in headers ? 204 : 403, headers).end();
        return;
      }
      const operation = findOperation(request);
      seen = Object.assign(seen, { operation: operation.name });
      const fault = faults.take(operation.name);
      const answered = await answer(request, operation, { fault, response });
      if (answered === undefined) return;
      seen.status = answered.status;
      send(
        response,
        request,
        { ...answered, headers: { ...answered.headers, ...corsHeaders(request, options.cors) } },
        fault,
      );
    } catch (error) {
      const s3Error = error instanceof S3Error ? error : new S3Error('InternalError', String(error));
      if (seen !== undefined) Object.assign(seen, { status: s3Error.status, errorCode: s3Error.code });
      // What is left of the body is not read: the connection cannot serve another request.
      message.resume();
      const headers = {
        'content-type': 'application/xml',
        'x-amz-request-id': requestId,
        ...(message.complete ? {} : { connection: 'close' }),
        ...(request === undefined ? {} : corsHeaders(request, options.cors)),
      };
      response.writeHead(s3Error.status, headers);
      response.end(
        message.method === 'HEAD'
          ? undefined
          : errorXml(s3Error, message.url?.split('?')[0] ?? '', requestId),
      );
    }
  };

  const server = createServer((message, response) => void handle(message, response));
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    faults,
    requests,
    bucket: findBucket,
    addPublicBucket: (name) => void buckets.set(name, new Bucket(name, true)),
    async close() {
      if (!server.listening) return;
      faults.mend();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function authorize(operation: S3Operation, credentials: S3Credentials | undefined, bucket: Bucket): void {
  const access = credentials === undefined ? 'none' : (credentials.access ?? 'read-write');
  const isAllowed =
    access === 'read-write' ||
    (access === 'read' && operation.needs === 'read') ||
    (bucket.publicRead && (operation.name === 'GetObject' || operation.name === 'HeadObject'));
  if (!isAllowed) throw new S3Error('AccessDenied', 'Access Denied');
}

function summary({ method, bucket, key, headers }: S3Request) {
  return { method, bucket, key, headers: { ...headers } };
}

function send(
  response: ServerResponse,
  request: S3Request,
  answer: S3Answer,
  fault: Fault | undefined,
): void {
  if (fault === 'lose-answer') {
    response.destroy();
    return;
  }
  const { body = Buffer.alloc(0), headers } = answer;
  response.writeHead(answer.status, {
    ...(answer.status === 204 || answer.status === 304 ? {} : { 'content-length': body.length }),
    ...headers,
  });
  if (fault === 'break-answer') {
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
    return;
  }
  response.end(request.method === 'HEAD' ? undefined : body);
}
