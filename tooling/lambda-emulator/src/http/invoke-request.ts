import type { IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import type { InvocationMode } from '../invocation.ts';

/** A request to invoke the function. */
export interface InvokeRequest {
  readonly functionName: string;
  readonly mode: InvocationMode;
  /** Access key id of the signature; undefined without one. */
  readonly accessKeyId: string | undefined;
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * Reads a request of Lambda's API.
 *
 * @returns undefined when it asks for something else than an invocation
 * @throws when the body is no JSON
 */
export async function readInvokeRequest(request: IncomingMessage): Promise<InvokeRequest | undefined> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const [, name, action] =
    /^\/(?:2015-03-31|2021-11-15)\/functions\/([^/]+)\/(invocations|response-streaming-invocations)$/.exec(
      pathname,
    ) ?? [];
  if (request.method !== 'POST' || name === undefined) return undefined;
  const type = request.headers['x-amz-invocation-type'];
  return {
    functionName: decodeURIComponent(name),
    mode:
      action === 'response-streaming-invocations'
        ? 'ResponseStream'
        : type === 'Event'
          ? 'Event'
          : 'RequestResponse',
    accessKeyId: /Credential=([^/,\s]+)\//.exec(request.headers.authorization ?? '')?.[1],
    payload: (await json(request)) as Record<string, unknown>,
  };
}
