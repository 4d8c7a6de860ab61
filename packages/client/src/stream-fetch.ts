import type { EventSourceFetchInit } from 'eventsource';

export type Fetch = typeof globalThis.fetch;

/**
 * The `fetch` of a progress stream. An EventSource cannot send custom headers, and reports only the status of a rejected
 * connection. So this adds the headers, and turns a JSON error response into the event with which a stream reports errors.
 */
export function streamFetch(fetch: Fetch, headers: Readonly<Record<string, string>>) {
  return async (url: string | URL, init: EventSourceFetchInit): Promise<Response> => {
    const response = await fetch(url, { ...init, headers: { ...init.headers, ...headers } });
    if (response.ok || !response.headers.get('content-type')?.startsWith('application/json')) return response;
    const { error } = (await response.json()) as { error?: unknown };
    return new Response(`event: serialized-error\ndata: ${JSON.stringify(error)}\n\n`, {
      headers: { 'content-type': 'text/event-stream' },
    });
  };
}
