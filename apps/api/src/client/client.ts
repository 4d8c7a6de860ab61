import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink, type TRPCClient } from '@trpc/client';
import { EventSource } from 'eventsource';
import type { DefragRouter } from './router.ts';
import { type Fetch, streamFetch } from './stream-fetch.ts';

/** How to reach an API. */
export interface DefragClientOptions {
  /** Where the API is, such as `https://video.example.com`. */
  readonly url: string;
  /** Opens the admin procedures. */
  readonly adminKey?: string | undefined;
  /** Opens the admin procedures too; for schedulers. */
  readonly cronSecret?: string | undefined;
  /** (Default: the global one) */
  readonly fetch?: Fetch | undefined;
  /** For progress streams; it must take a `fetch` of its own, as the npm package `eventsource` does, which is the default. */
  readonly EventSource?: typeof EventSource | undefined;
}

/** Calls every procedure of the API under its own name: `client.admin.renderVideo.mutate({ friction_id })`. */
export type DefragClient = TRPCClient<DefragRouter>;

/**
 * Makes a client. Each call is one HTTP request; `progress.subscribe` is a stream of server-sent events that reconnects by
 * itself and goes on where it was.
 */
export function createDefragClient(options: DefragClientOptions): DefragClient {
  const url = `${options.url.replace(/\/+$/, '')}/trpc`;
  // Looked up at each call: tests and instrumentation replace the global one.
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
 * @param seconds whole seconds, at most 60; the answer is QUEUED when they did not suffice
 */
export function waitFor(seconds: number): { context: { waitSeconds: number } } {
  return { context: { waitSeconds: seconds } };
}

function preferHeader(waitSeconds: unknown): Record<string, string> {
  return typeof waitSeconds === 'number' ? { prefer: `wait=${waitSeconds}` } : {};
}
