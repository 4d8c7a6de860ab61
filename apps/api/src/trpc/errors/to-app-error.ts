import { DatabaseError, DatabaseUnreachableError, InvalidCursorError } from '@defrag/db';
import { TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import { ZodError } from 'zod';
import { AppError, type AppErrorCode } from '../../errors.ts';
import { describeIssues, issuesSentence } from './describe-issues.ts';

const UNREADABLE = ['BAD_REQUEST', 'The request could not be parsed.'] as const;

/** Errors that tRPC and Fastify raise themselves, by HTTP status, as our codes and messages. */
const REFUSALS: Readonly<Record<number, readonly [AppErrorCode, string]>> = {
  400: UNREADABLE,
  401: ['UNAUTHORIZED', 'The request has no valid key.'],
  404: ['NOT_FOUND', 'Not found.'],
  405: ['METHOD_NOT_ALLOWED', 'This URL does not support this method.'],
  413: ['PAYLOAD_TOO_LARGE', 'The body is too large.'],
  414: ['BAD_REQUEST', 'The URL is too long.'],
  415: ['UNSUPPORTED_MEDIA_TYPE', 'The body must be JSON, with the content type application/json.'],
  429: ['TOO_MANY_REQUESTS', 'Too many requests. Try again later.'],
};

/** Codes with which Fastify says that a body is not valid JSON. */
const NOT_JSON_CODES: ReadonlySet<unknown> = new Set([
  'FST_ERR_CTP_INVALID_JSON_BODY',
  'FST_ERR_CTP_EMPTY_JSON_BODY',
]);

/**
 * The one place where any error becomes one that a caller may see. An unknown error becomes INTERNAL with a fixed message; it
 * stays the `cause`, for the log.
 */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof TRPCError) return fromTrpcError(error);
  if (error instanceof InvalidCursorError) {
    return invalid(
      [{ path: ['cursor'], message: "must be the next_cursor of the list's previous page" }],
      error,
    );
  }
  if (isUnreachable(error)) {
    return new AppError('UNAVAILABLE', 'The database is unreachable. Try again later.', { cause: error });
  }
  return fromHttpError(error) ?? internal(error);
}

function isUnreachable(error: unknown): boolean {
  if (error instanceof DatabaseUnreachableError) return true;
  return error instanceof DatabaseError && (error.retryable || error.code === 'CLOSED');
}

function fromTrpcError(error: TRPCError): AppError {
  const { cause } = error;
  if (error.code === 'PARSE_ERROR' || cause instanceof SyntaxError) return notJson(error);
  // Only with this code it is the caller's input: schemas of outputs and of the pipeline throw the same class.
  if (error.code === 'BAD_REQUEST' && cause instanceof ZodError) return invalid(describeIssues(cause), cause);
  const refusal = REFUSALS[getHTTPStatusCodeFromError(error)];
  if (refusal !== undefined && !(cause instanceof AppError)) {
    return new AppError(...refusal, { cause: error });
  }
  return cause === undefined ? internal(error) : toAppError(cause);
}

function fromHttpError(error: unknown): AppError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { statusCode, code } = error as { statusCode?: unknown; code?: unknown };
  // secure-json-parse throws a bare SyntaxError with a status if the JSON tries to change a prototype.
  if (NOT_JSON_CODES.has(code) || (statusCode === 400 && error instanceof SyntaxError)) return notJson(error);
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode >= 500) return undefined;
  return new AppError(...(REFUSALS[statusCode] ?? UNREADABLE), { cause: error });
}

function invalid(issues: ReturnType<typeof describeIssues>, cause: unknown): AppError {
  return new AppError('BAD_REQUEST', issuesSentence(issues), { cause, issues });
}

function notJson(cause: unknown): AppError {
  return new AppError('BAD_REQUEST', 'The request is not valid JSON.', {
    cause,
    issues: [{ path: [], message: 'must be valid JSON' }],
  });
}

function internal(cause: unknown): AppError {
  return new AppError('INTERNAL', 'Internal server error.', { cause });
}
