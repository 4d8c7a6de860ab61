import type { Socket } from 'node:net';
import type { ErrorBody } from '@defrag/core';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { AppError } from '../../errors.ts';
import { toAppError } from '../../trpc/errors/to-app-error.ts';

/** Seconds after which a caller may retry when something was unreachable. */
const RETRY_AFTER_SECONDS = 5;

function errorBody(error: AppError): ErrorBody {
  const issues = error.issues?.map(({ path, message }) => ({ path: [...path], message }));
  return { error: { code: error.code, message: error.message, ...(issues === undefined ? {} : { issues }) } };
}

/** Logs an error with its cause: server errors at level error, client errors at level debug. */
export function logError(request: FastifyRequest, appError: AppError, original: unknown): void {
  const fields = { error_code: appError.code, err: original };
  if (appError.httpStatus >= 500) request.log.error(fields, 'request failed');
  else request.log.debug(fields, 'request refused');
}

export function prepareErrorReply(reply: FastifyReply, error: AppError): FastifyReply {
  if (error.httpStatus === 401) reply.header('www-authenticate', 'Bearer realm="defrag"');
  if (error.httpStatus === 503 && error.retryable && !reply.hasHeader('retry-after')) {
    reply.header('retry-after', RETRY_AFTER_SECONDS);
  }
  return reply
    .code(error.httpStatus)
    .header('cache-control', 'no-store')
    .type('application/json; charset=utf-8');
}

/** The error handler of all routes except tRPC's: any error becomes `{error: {code, message, issues?}}`. */
export function handleError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const appError = toAppError(error);
  logError(request, appError, error);
  return prepareErrorReply(reply, appError).send(errorBody(appError));
}

/** Responses to requests that Node could not parse, by Node's error code. */
const CLIENT_ERRORS: Readonly<Record<string, readonly [status: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The headers are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request timed out.'],
};
const UNREADABLE = ['400 Bad Request', 'The request could not be parsed.'] as const;

/** Responds to invalid HTTP with an error of the usual shape, and closes the connection. */
export function handleClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  // The client has disconnected.
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const [status, message] = CLIENT_ERRORS[error.code ?? ''] ?? UNREADABLE;
  const body = JSON.stringify({ error: { code: 'BAD_REQUEST', message } } satisfies ErrorBody);
  const head = [
    `HTTP/1.1 ${status}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
