import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Bucket } from './bucket.ts';
import { type CorsRule, corsHeaders } from './cors.ts';
import { type Fault, Faults } from './faults.ts';
import { findOperation, type S3Operation, type S3Response } from './operations.ts';
import { readBody } from './read-body.ts';
import { S3Error, type S3ErrorCode, toXml } from './s3-error.ts';
import { parseRequest, type S3Request } from './s3-request.ts';
import { authenticate, type S3Credentials } from './signatures.ts';

/** Settings of a server. */
export interface S3ServerOptions {
  readonly buckets: Readonly<Record<string, { readonly publicRead?: boolean }>>;
  readonly credentials: readonly S3Credentials[];
  /** Regions that a signature may name. (Default: those of R2) */
  readonly regions?: readonly string[];
  /** For all buckets. */
  readonly cors?: CorsRule;
  /** TCP port of 127.0.0.1. (Default: any free one) */
  readonly port?: number;
}

/** A request that the server has received. */
interface SeenRequest {
  /** Such as `PutObject`; empty for an unknown one. */
  readonly operation: string;
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, unknown>>;
  /** HTTP status of the response; undefined until there is one. */
  status?: number;
  errorCode?: S3ErrorCode;
}

/** A running server. */
export interface S3Server {
  /** `http://127.0.0.1:port`. */
  readonly endpoint: string;
  readonly faults: Faults;
  /** Every request, in the order of arrival. */
  readonly requests: readonly SeenRequest[];
  /** @throws S3Error NoSuchBucket */
  bucket(name: string): Bucket;
  /** Adds an empty bucket that anyone may read. */
  addPublicBucket(name: string): void;
  /** Closes the server and all connections. */
  close(): Promise<void>;
}

const R2_REGIONS = ['auto', 'us-east-1'];

/** Starts an S3-compatible server on 127.0.0.1 that keeps everything in memory. See README.md. */
export async function startS3Server(options: S3ServerOptions): Promise<S3Server> {
  const { credentials, regions = R2_REGIONS, cors } = options;
  const buckets = new Map(
    Object.entries(options.buckets).map(([name, { publicRead = false }]) => [
      name,
      new Bucket(name, publicRead),
    ]),
  );
  const faults = new Faults();
  const requests: SeenRequest[] = [];

  const findBucket = (name: string) => {
    const bucket = buckets.get(name);
    if (bucket === undefined) throw new S3Error('NoSuchBucket', 'The specified bucket does not exist.');
    return bucket;
  };

  /** Undefined when the client gets no response. */
  const respondTo = async (
    request: S3Request,
    operation: S3Operation,
    { fault, response }: { fault: Fault | undefined; response: ServerResponse },
  ): Promise<S3Response | undefined> => {
    const bucket = findBucket(request.bucket);
    authorize(operation, authenticate(request, { credentials, regions }), bucket);
    switch (fault) {
      case 'hang':
        faults.hang(response);
        return undefined;
      case 'break':
        response.destroy();
        return undefined;
      case 'break-upload':
        await once(request.stream, 'data');
        response.destroy();
        return undefined;
      case 'forget':
        return { status: 200, headers: { etag: '"00000000000000000000000000000000"' } };
      case undefined:
      case 'damage':
      case 'break-answer':
      case 'lose-answer':
        break;
      default:
        throw new S3Error(fault, 'The test requested this error.');
    }
    const hasBody = operation.name === 'PutObject';
    const body = hasBody
      ? await readBody(request, fault === 'damage' ? changeOneByte : undefined)
      : undefined;
    return operation.run(request, bucket, body ?? Buffer.alloc(0));
  };

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    let request: S3Request | undefined;
    let seen: SeenRequest | undefined;
    try {
      request = parseRequest(message);
      const { method, bucket, key, headers } = request;
      seen = { operation: '', method, bucket, key, headers: { ...headers } };
      requests.push(seen);
      const allowed = corsHeaders(request, cors);
      if (method === 'OPTIONS') {
        response.writeHead('access-control-allow-origin' in allowed ? 204 : 403, allowed).end();
        return;
      }
      const operation = findOperation(request);
      seen = Object.assign(seen, { operation: operation.name });
      const fault = faults.take(operation.name);
      const answer = await respondTo(request, operation, { fault, response });
      if (answer === undefined) return;
      seen.status = answer.status;
      send(response, { ...answer, headers: { ...answer.headers, ...allowed } }, { method, fault });
    } catch (error) {
      const s3Error = error instanceof S3Error ? error : new S3Error('InternalError', String(error));
      if (seen !== undefined) Object.assign(seen, { status: s3Error.status, errorCode: s3Error.code });
      message.resume();
      response.writeHead(s3Error.status, {
        'content-type': 'application/xml',
        // The rest of the body is not read, so the connection cannot be used again.
        ...(message.complete ? {} : { connection: 'close' }),
        ...(request && corsHeaders(request, cors)),
      });
      const { code: Code, message: Message } = s3Error;
      response.end(message.method === 'HEAD' ? undefined : toXml({ Error: { Code, Message } }));
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
  const access = credentials && (credentials.access ?? 'read-write');
  const isAllowed =
    access === 'read-write' ||
    (access === 'read' && operation.needs === 'read') ||
    (bucket.publicRead && (operation.name === 'GetObject' || operation.name === 'HeadObject'));
  if (!isAllowed) throw new S3Error('AccessDenied', 'Access Denied');
}

function changeOneByte(bytes: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, -1), Buffer.of((bytes.at(-1) ?? 0) ^ 1)]);
}

function send(
  response: ServerResponse,
  { status, headers, body = Buffer.alloc(0) }: S3Response,
  { method, fault }: { method: string; fault: Fault | undefined },
): void {
  if (fault === 'lose-answer') {
    response.destroy();
    return;
  }
  const hasLength = status !== 204 && status !== 304;
  response.writeHead(status, { ...(hasLength && { 'content-length': body.length }), ...headers });
  if (fault === 'break-answer') {
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
    return;
  }
  response.end(method === 'HEAD' ? undefined : body);
}
