import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { ERROR_CODES } from '../../errors.ts';
import { toAppError } from './to-app-error.ts';

/**
 * The error of a tRPC response, without a stack. tRPC reads the HTTP status from `data.httpStatus`. The return type is inferred,
 * because the client's declarations repeat it in full.
 */
export function errorShape(error: unknown, path: string | undefined) {
  const appError = toAppError(error);
  const { httpStatus, trpcCode } = ERROR_CODES[appError.code];
  return {
    message: appError.message,
    code: TRPC_ERROR_CODES_BY_KEY[trpcCode],
    data: {
      code: trpcCode,
      httpStatus,
      path: path ?? null,
      error_code: appError.code,
      issues: appError.issues?.map(({ path, message }) => ({ path: [...path], message })) ?? null,
    },
  };
}
