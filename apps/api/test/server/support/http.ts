import type { IncomingHttpHeaders } from 'node:http';
import { request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { ADMIN_KEY } from './test-server.ts';

export const ADMIN_HEADERS = { 'x-defrag-admin-key': ADMIN_KEY } as const;

/** A response with its whole body. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The parsed body; undefined when it is not JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read bodies of any shape
  readonly json: any;
}

/**
 * Sends a request unchanged: unlike `fetch`, it does not normalise the path, and an array of values repeats a header.
 */
export async function send(
  url: string,
  options: { method?: string; headers?: Record<string, string | string[]>; body?: string | undefined } = {},
): Promise<Answer> {
  const { origin } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const request = httpRequest(origin, {
    method: options.method ?? 'GET',
    path: url.slice(origin.length) || '/',
    headers: options.headers ?? {},
    agent: false,
  });
  request.once('error', reject);
  request.once('response', (response) => {
    text(response).then(
      (body) =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: body,
          json: parse(body),
        }),
      reject,
    );
  });
  request.end(options.body);
  return promise;
}

/** A POST with a JSON body and the admin key. */
export function postJson(
  url: string,
  body: unknown,
  headers: Record<string, string | string[]> = {},
): Promise<Answer> {
  return send(url, {
    method: 'POST',
    headers: { ...ADMIN_HEADERS, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** A GET with the admin key. */
export function getAsAdmin(url: string, headers: Record<string, string> = {}): Promise<Answer> {
  return send(url, { headers: { ...ADMIN_HEADERS, ...headers } });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
