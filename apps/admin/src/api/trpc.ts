import type { DefragRouter } from '@defrag/client';
import type { QueryClient } from '@tanstack/react-query';
import { httpBatchLink, httpSubscriptionLink, splitLink, type TRPCClientError } from '@trpc/client';
import { createTRPCQueryUtils, createTRPCReact } from '@trpc/react-query';
import { createQueryClient } from './query-client.ts';

/** Hooks for every procedure of the API. */
export const trpc = createTRPCReact<DefragRouter>();

/** What a failed call of the API gives. */
export type ApiError = TRPCClientError<DefragRouter>;

/** Calls of the API, and what is kept of their answers, for code that is no component. */
export type ApiUtils = ReturnType<typeof createTRPCQueryUtils<DefragRouter>>;

/** What the pages talk to the API with. */
export interface Api {
  readonly client: ReturnType<typeof trpc.createClient>;
  readonly queryClient: QueryClient;
  readonly utils: ApiUtils;
  /** Calls back each time when the API says that the session has ended. */
  onSignedOut(listener: () => void): void;
}

/** Most calls that the API takes in one request. */
const MAX_BATCH = 20;

/**
 * Connects to the API that served the page. The cookie of the session goes with every request by itself; no secret passes through
 * JavaScript.
 */
export function createApi(): Api {
  const client = trpc.createClient({
    links: [
      splitLink({
        condition: (operation) => operation.type === 'subscription',
        true: httpSubscriptionLink({ url: '/trpc' }),
        false: httpBatchLink({ url: '/trpc', maxItems: MAX_BATCH }),
      }),
    ],
  });
  const listeners = new Set<() => void>();
  const queryClient = createQueryClient(() => {
    if (utils.session.get.getData()?.signed_in === false) return;
    utils.session.get.setData(undefined, { signed_in: false, expires_at: null });
    for (const listener of listeners) listener();
  });
  const utils = createTRPCQueryUtils({ queryClient, client });
  return { client, queryClient, utils, onSignedOut: (listener) => void listeners.add(listener) };
}
