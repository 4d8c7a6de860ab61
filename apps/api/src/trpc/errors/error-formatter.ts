import type { TRPCError } from '@trpc/server';
import { TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc';
import { ERROR_CODES } from '../../errors.ts';
import { toAppError } from './to-app-error.ts';

/** The error of a tRPC answer. tRPC takes the HTTP status of the answer from `data.httpStatus`. */
export function errorShape(error: unknown, path: string | undefined){
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

/** See {@link errorShape}. Without the stack that tRPC adds in development. */
export function formatError({
  error,
  path,
}: {
  error: TRPCError;
  path: string | undefined;
}){
  return errorShape(error, path);
}
