import type { DefragRouter } from '@defrag/client';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client';
import { createTRPCQueryUtils, createTRPCReact } from '@trpc/react-query';
import { codeOf } from './error-text.ts';

const RETRIES = 2;

const FRESH_MS = 2_000;

/** Transient failures: the same call may succeed on a retry. */
const MAY_PASS = new Set(['UNREACHABLE', 'UNAVAILABLE', 'STORE_UNAVAILABLE', 'INTERNAL']);

function createQueryClient(onUnauthorized: () => void): QueryClient {
  const onError = (error: unknown) => {
    if (codeOf(error) === 'UNAUTHORIZED') onUnauthorized();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    // A rejected sign-in does not end a session: there was none.
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (failures, error) => failures < RETRIES && MAY_PASS.has(codeOf(error)),
      },
    },
  });
}

export const trpc = createTRPCReact<DefragRouter>();

/** API calls and cache access for code outside components. */
export type ApiUtils = ReturnType<typeof createTRPCQueryUtils<DefragRouter>>;

interface Api {
  readonly client: ReturnType<typeof trpc.createClient>;
  readonly queryClient: QueryClient;
  readonly utils: ApiUtils;
  /** Registers a listener that runs each time the session ends. */
  onSignedOut(listener: () => void): void;
}

const MAX_BATCH = 20;

/** Connects to the API that served the page. The browser sends the session cookie; JavaScript never sees a secret. */
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
