import {
  createTRPCClient,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
  TRPCClientError,
} from '@trpc/client';
import { EventSource } from 'eventsource';
import type { AppRouter } from '../../trpc/router.ts';

export type DefragClient = TRPCClient<AppRouter>;

export function createDefragClient({ url, adminKey }: { url: string; adminKey: string }): DefragClient {
  const headers = { 'x-defrag-admin-key': adminKey };
  const trpcUrl = `${url}/trpc`;
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({
          url: trpcUrl,
          EventSource,
          eventSourceOptions: {
            fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, ...headers } }),
          },
        }),
        false: httpLink({ url: trpcUrl, headers }),
      }),
    ],
  });
}

/** Whether a call failed because the API returned an error. */
export function isDefragError(
  error: unknown,
): error is TRPCClientError<AppRouter> & { data: { error_code: string } } {
  return error instanceof TRPCClientError && typeof error.data?.error_code === 'string';
}
