import type { DefragRouter } from '@defrag/api/client';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { httpBatchLink, httpSubscriptionLink, splitLink, type TRPCClientError } from '@trpc/client';
import { createTRPCQueryUtils, createTRPCReact } from '@trpc/react-query';
import { codeOf } from './error-text.ts';

/** Tries after the first one, of calls that may pass. */
const RETRIES = 2;

/** Milliseconds for which an answer is taken for new. */
const FRESH_MS = 2_000;

/** Codes of failures that the same call may get over. */
const MAY_PASS = new Set(['UNREACHABLE', 'UNAVAILABLE', 'STORE_UNAVAILABLE', 'INTERNAL']);

/**
 * The cache of the API's answers.
 *
 * @param onUnauthorized called whenever the API refuses a call for want of a session
 */
export function createQueryClient(onUnauthorized: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (codeOf(error) === 'UNAUTHORIZED') onUnauthorized();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    // A refused sign-in is no end of a session: there was none.
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) => failures < RETRIES && MAY_PASS.has(codeOf(error)),
      },
    },
  });
}

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
