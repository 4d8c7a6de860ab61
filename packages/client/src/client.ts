import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink, type TRPCClient } from '@trpc/client';
import { EventSource } from 'eventsource';
import type { DefragRouter } from './router.ts';
import { type Fetch, streamFetch } from './stream-fetch.ts';

/** How to reach an API. */
export interface DefragClientOptions {
  /** Where the API is, such as `https://video.example.com`. */
  readonly url: string;
  /** Grants access to the admin procedures. */
  readonly adminKey?: string | undefined;
  /** Grants access to the admin procedures too; for schedulers. */
  readonly cronSecret?: string | undefined;
  /** (Default: the global one) */
  readonly fetch?: Fetch | undefined;
  /** For progress streams. It must accept a `fetch` option, as the default does: the class of the npm package `eventsource`. */
  readonly EventSource?: typeof EventSource | undefined;
}

/** Calls every procedure of the API by its name: `client.admin.renderVideo.mutate({ friction_id })`. */
export type DefragClient = TRPCClient<DefragRouter>;

/**
 * Creates a client. Each call is one HTTP request; `progress.subscribe` is a stream of server-sent events, which reconnects by
 * itself and resumes where it was.
 */
export function createDefragClient(options: DefragClientOptions): DefragClient {
  const url = `${options.url.replace(/\/+$/, '')}/trpc`;
  // Looked up at each call, because tests and instrumentation replace the global one.
  const fetch: Fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const headers = {
    ...(options.adminKey === undefined ? {} : { 'x-defrag-admin-key': options.adminKey }),
    ...(options.cronSecret === undefined ? {} : { authorization: `Bearer ${options.cronSecret}` }),
  };
  return createTRPCClient<DefragRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({
          url,
          EventSource: options.EventSource ?? EventSource,
          eventSourceOptions: { fetch: streamFetch(fetch, headers) },
        }),
        false: httpLink({
          url,
          fetch: (input, init) => fetch(input, init as RequestInit),
          headers: ({ op }) => ({ ...headers, ...preferHeader(op.context['waitSeconds']) }),
        }),
      }),
    ],
  });
}

/**
 * Option of a call that waits for the video: `client.admin.renderVideo.mutate({ friction_id }, waitFor(30))`.
 *
 * @param seconds whole seconds, at most 60; the response is QUEUED if the video takes longer
 */
export function waitFor(seconds: number): { context: { waitSeconds: number } } {
  return { context: { waitSeconds: seconds } };
}

function preferHeader(waitSeconds: unknown): Record<string, string> {
  return typeof waitSeconds === 'number' ? { prefer: `wait=${waitSeconds}` } : {};
}
