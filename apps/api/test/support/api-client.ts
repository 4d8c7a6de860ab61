import { createTRPCClient, httpLink, type TRPCClient, TRPCClientError } from '@trpc/client';
import type { inferRouterOutputs } from '@trpc/server';
import type { AppErrorCode } from '../../src/errors.ts';
import type { AppRouter } from '../../src/trpc/router.ts';

export type ApiClient = TRPCClient<AppRouter>;
export type RouterOutputs = inferRouterOutputs<AppRouter>;

type ApiError = TRPCClientError<AppRouter> & {
  readonly data: NonNullable<TRPCClientError<AppRouter>['data']>;
};

/** Calls an API as `@defrag/client` does, which depends on the API and so cannot be used in its tests. */
export function createApiClient({ url, adminKey }: { url: string; adminKey: string }): ApiClient {
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${url}/trpc`,
        headers: ({ op }) => ({
          'x-defrag-admin-key': adminKey,
          ...(typeof op.context['prefer'] === 'string' ? { prefer: op.context['prefer'] } : {}),
        }),
      }),
    ],
  });
}

/** Option of a call that waits for the video. */
export const waitFor = (seconds: number) => ({ context: { prefer: `wait=${seconds}` } });

/** Whether a call failed with an error of the API, of this code if one is given. */
export function isApiError(error: unknown, code?: AppErrorCode): error is ApiError {
  return (
    error instanceof TRPCClientError &&
    error.data?.error_code !== undefined &&
    (code === undefined || error.data.error_code === code)
  );
}
