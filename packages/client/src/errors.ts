import { TRPCClientError } from '@trpc/client';
import type { DefragRouter, ErrorCode } from './router.ts';

/** An error response of the API, as opposed to a network error. */
export type DefragError = TRPCClientError<DefragRouter> & {
  readonly data: NonNullable<TRPCClientError<DefragRouter>['data']>;
};

/**
 * Whether a call failed because the API returned an error. If so, `error.data.error_code` says why, `error.message` explains
 * it to people, and `error.data.issues` names every invalid field of a BAD_REQUEST.
 *
 * @param code only this one. (Default: any)
 */
export function isDefragError(error: unknown, code?: ErrorCode): error is DefragError {
  if (!(error instanceof TRPCClientError)) return false;
  const data: unknown = error.data;
  if (typeof data !== 'object' || data === null || !('error_code' in data)) return false;
  return typeof data.error_code === 'string' && (code === undefined || data.error_code === code);
}
