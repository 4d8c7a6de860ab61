import { DatabaseError, DatabaseUnreachableError, InvalidCursorError } from '@defrag/db';
import { TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { AppError, type ErrorCode } from '../../errors.ts';
import { describeIssues, issuesSentence } from './describe-issues.ts';

const CANNOT_BE_READ = ['BAD_REQUEST', 'The request cannot be read.'] as const;

/** What tRPC and Fastify themselves refuse, by the HTTP status they mean, in our words. */
const REFUSALS: Readonly<Record<number, readonly [ErrorCode, string]>> = {
  400: CANNOT_BE_READ,
  401: ['UNAUTHORIZED', 'The request carries no valid key.'],
  404: ['NOT_FOUND', 'There is nothing at this address.'],
  405: ['METHOD_NOT_ALLOWED', 'This address does not take this method.'],
  413: ['PAYLOAD_TOO_LARGE', 'The body is too large.'],
  414: ['BAD_REQUEST', 'The address is too long.'],
  415: ['UNSUPPORTED_MEDIA_TYPE', 'The body must be JSON, with the content type application/json.'],
  429: ['TOO_MANY_REQUESTS', 'There were too many requests; come back later.'],
};

const TRPC_STATUS: Readonly<Partial<Record<TRPCError['code'], number>>> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  NOT_FOUND: 404,
  METHOD_NOT_SUPPORTED: 405,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  TOO_MANY_REQUESTS: 429,
};

/** Codes with which Fastify says that a body is not the JSON it claims to be. */
const NOT_JSON_CODES: ReadonlySet<unknown> = new Set([
  'FST_ERR_CTP_INVALID_JSON_BODY',
  'FST_ERR_CTP_EMPTY_JSON_BODY',
]);

/**
 * The one place where an error of any kind becomes one that a caller may see. An unknown one becomes INTERNAL with a canned
 * message; it stays as `cause` for the log.
 */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof TRPCError) return fromTrpcError(error);
  if (error instanceof InvalidCursorError) {
    const issues = [{ path: ['cursor'], message: "must be the next_cursor of the list's previous page" }];
    return new AppError('BAD_REQUEST', issuesSentence(issues), { cause: error, issues });
  }
  if (isOutOfReach(error)) {
    return new AppError('UNAVAILABLE', 'The database is out of reach; come back later.', { cause: error });
  }
  return fromHttpError(error) ?? internal(error);
}

function isOutOfReach(error: unknown): boolean {
  if (error instanceof DatabaseUnreachableError) return true;
  return error instanceof DatabaseError && (error.retryable || error.code === 'CLOSED');
}

function fromTrpcError(error: TRPCError): AppError {
  const { cause } = error;
  if (error.code === 'PARSE_ERROR' || cause instanceof SyntaxError) return notJson(error);
  // Only with this code is it the caller's input; the schemas of outputs and of the pipeline throw the same class.
  if (error.code === 'BAD_REQUEST' && cause instanceof ZodError) {
    const issues = describeIssues(cause);
    return new AppError('BAD_REQUEST', issuesSentence(issues), { cause, issues });
  }
  const refusal = REFUSALS[TRPC_STATUS[error.code] ?? 0];
  if (refusal !== undefined && !(cause instanceof AppError))
    return new AppError(...refusal, { cause: error });
  return cause === undefined ? internal(error) : toAppError(cause);
}

function fromHttpError(error: unknown): AppError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { statusCode, code } = error as { statusCode?: unknown; code?: unknown };
  // secure-json-parse throws a bare SyntaxError with a status where the text is JSON but tries to change a prototype.
  if (NOT_JSON_CODES.has(code) || (statusCode === 400 && error instanceof SyntaxError)) return notJson(error);
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode >= 500) return undefined;
  const [refusal, message] = REFUSALS[statusCode] ?? CANNOT_BE_READ;
  return new AppError(refusal, message, { cause: error });
}

function notJson(cause: unknown): AppError {
  return new AppError('BAD_REQUEST', 'The request is not valid JSON.', {
    cause,
    issues: [{ path: [], message: 'must be valid JSON' }],
  });
}

function internal(cause: unknown): AppError {
  return new AppError('INTERNAL', 'Something went wrong on our side.', { cause });
}
