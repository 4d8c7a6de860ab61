import type { IncomingMessage, ServerResponse } from 'node:http';
import { json, text } from 'node:stream/consumers';
import { EventStreamCodec } from '@smithy/core/event-streams';
import { fromUtf8, toUtf8 } from '@smithy/core/serde';

/** How a caller invokes a function: it waits for the whole response, does not wait, or reads the response as a stream. */
export type InvocationMode = 'RequestResponse' | 'Event' | 'ResponseStream';

export interface InvokeRequest {
  readonly functionName: string;
  readonly mode: InvocationMode;
  /** Of the signature; undefined without one. */
  readonly accessKeyId: string | undefined;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Such as `Unhandled`, `Sandbox.Timedout`. */
export interface InvocationError {
  readonly type: string;
  readonly message: string;
}

/** Receives the output of an invocation; `end` is called once. */
export interface InvocationSink {
  write(bytes: Uint8Array): void;
  /** @param error undefined when the invocation succeeded */
  end(error: InvocationError | undefined): void;
}

export const ACCOUNT_ID = '000000000000';

/**
 * Reads a request of Lambda's API.
 *
 * @returns undefined when it is not an invocation
 * @throws when the body is not JSON
 */
export async function readInvokeRequest(request: IncomingMessage): Promise<InvokeRequest | undefined> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const [, name, action] =
    /^\/[\d-]+\/functions\/([^/]+)\/(invocations|response-streaming-invocations)$/.exec(pathname) ?? [];
  if (request.method !== 'POST' || name === undefined) return undefined;
  const isEvent = request.headers['x-amz-invocation-type'] === 'Event';
  return {
    functionName: decodeURIComponent(name),
    mode: action !== 'invocations' ? 'ResponseStream' : isEvent ? 'Event' : 'RequestResponse',
    accessKeyId: /Credential=([^/,\s]+)\//.exec(request.headers.authorization ?? '')?.[1],
    payload: (await json(request)) as Record<string, unknown>,
  };
}

/**
 * Answers `GetCallerIdentity` of STS, which Remotion's client calls before it cancels a render.
 *
 * @returns false, without an answer, for other requests
 */
export async function answerCallerIdentity(
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (request.method !== 'POST' || request.url !== '/') return false;
  if (new URLSearchParams(await text(request)).get('Action') !== 'GetCallerIdentity') return false;
  response.writeHead(200, { 'content-type': 'text/xml' });
  response.end(`<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <GetCallerIdentityResult>
    <Arn>arn:aws:iam::${ACCOUNT_ID}:user/emulated</Arn><UserId>emulated</UserId><Account>${ACCOUNT_ID}</Account>
  </GetCallerIdentityResult>
</GetCallerIdentityResponse>`);
  return true;
}

/** Answers an invocation as Lambda does in its mode. */
export function answerOf(mode: InvocationMode, requestId: string, response: ServerResponse): InvocationSink {
  const id = { 'x-amzn-requestid': requestId };
  if (mode === 'Event') {
    response.writeHead(202, { ...id, 'content-length': 0 }).end();
    return { write: () => undefined, end: () => undefined };
  }
  if (mode === 'ResponseStream') {
    // The head is sent at once, even while the invocation waits for a worker.
    response.writeHead(200, { ...id, 'content-type': 'application/vnd.amazon.eventstream' }).flushHeaders();
    return {
      write: (bytes) => void response.write(event('PayloadChunk', 'application/octet-stream', bytes)),
      end(error) {
        const body = error === undefined ? {} : { ErrorCode: error.type, ErrorDetails: error.message };
        response.end(event('InvokeComplete', 'application/json', fromUtf8(JSON.stringify(body))));
      },
    };
  }
  const pieces: Uint8Array[] = [];
  return {
    write: (bytes) => void pieces.push(bytes),
    end(error) {
      const failure = error === undefined ? {} : { 'x-amz-function-error': 'Unhandled' };
      response.writeHead(200, { ...id, ...failure, 'content-type': 'application/json' });
      response.end(
        error === undefined
          ? Buffer.concat(pieces)
          : JSON.stringify({ errorType: error.type, errorMessage: error.message }),
      );
    },
  };
}

/** Breaks the connection at the end of the invocation instead of an answer. */
export function lostAnswer(response: ServerResponse): InvocationSink {
  return { write: () => undefined, end: () => void response.destroy() };
}

/** Rejects a request as Lambda does. */
export function reject(
  response: ServerResponse,
  { status, type, message, reason }: { status: number; type: string; message: string; reason?: string },
): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type });
  response.end(JSON.stringify({ message, Message: message, Type: 'User', Reason: reason }));
}

const codec = new EventStreamCodec(toUtf8, fromUtf8);

function event(type: string, contentType: string, body: Uint8Array): Uint8Array {
  const text = (value: string) => ({ type: 'string' as const, value });
  return codec.encode({
    headers: {
      ':message-type': text('event'),
      ':event-type': text(type),
      ':content-type': text(contentType),
    },
    body,
  });
}
