import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
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
