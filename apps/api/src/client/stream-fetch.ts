import type { EventSourceFetchInit } from 'eventsource';

/** The `fetch` that a client uses. */
export type Fetch = typeof globalThis.fetch;

/**
 * The `fetch` of a progress stream. An EventSource can send no headers of its own, and of a refused connection it tells
 * nothing but the status: so the headers are added here, and a refusal of the API is handed on as the event with which a
 * stream tells its errors.
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
