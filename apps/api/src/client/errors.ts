import { TRPCClientError } from '@trpc/client';
import type { ErrorCode } from './contract.ts';
import type { DefragErrorData } from './error-shape.ts';
import type { DefragRouter } from './router.ts';

/** An error that the API itself answered, as opposed to one of the network. */
export type DefragError = TRPCClientError<DefragRouter> & { readonly data: DefragErrorData };

/**
 * Whether a call failed because the API said so; then `error.data.error_code` says why, `error.message` says it to people and
 * `error.data.issues` names every wrong field of a BAD_REQUEST.
 *
 * @param code only this one. (Default: any)
 */
export function isDefragError(error: unknown, code?: ErrorCode): error is DefragError {
  if (!(error instanceof TRPCClientError)) return false;
  const data: unknown = error.data;
  if (typeof data !== 'object' || data === null || !('error_code' in data)) return false;
  return typeof data.error_code === 'string' && (code === undefined || data.error_code === code);
}
