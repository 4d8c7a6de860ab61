import type { Socket } from 'node:net';
import type { ErrorBody } from '@defrag/core';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { AppError } from '../../errors.ts';
import { toAppError } from '../../trpc/errors/to-app-error.ts';

/** Seconds after which a caller may try again what was out of reach. */
const RETRY_AFTER_SECONDS = 5;

/** The body of an error answer. */
export function errorBody(error: AppError): ErrorBody {
  const issues = error.issues?.map(({ path, message }) => ({ path: [...path], message }));
  return { error: { code: error.code, message: error.message, ...(issues === undefined ? {} : { issues }) } };
}

/** Writes an error's cause into the log: what is our fault as an error, the rest for those who look for it. */
export function logError(request: FastifyRequest, appError: AppError, original: unknown): void {
  const fields = { error_code: appError.code, err: original };
  if (appError.httpStatus >= 500) request.log.error(fields, 'request failed');
  else request.log.debug(fields, 'request refused');
}

/** Sets status and headers that belong to an error. */
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

/** The one error handler of all routes but tRPC's: any error becomes `{error: {code, message, issues?}}`. */
export function handleError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const appError = toAppError(error);
  logError(request, appError, error);
  return prepareErrorReply(reply, appError).send(errorBody(appError));
}

/** Node's codes of requests that never became one, and the answers to them. */
const CLIENT_ERRORS: Readonly<Record<string, readonly [status: string, code: string, message: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'BAD_REQUEST', 'The headers are too large.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'BAD_REQUEST', 'The request took too long to arrive.'],
};

/** Answers what is not HTTP, in the shape of all errors, and hangs up. */
export function handleClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  // Gone already: there is nobody to answer.
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const [status, code, message] = CLIENT_ERRORS[error.code ?? ''] ?? [
    '400 Bad Request',
    'BAD_REQUEST',
    'The request cannot be read.',
  ];
  const body = JSON.stringify({ error: { code, message } } satisfies ErrorBody);
  const head = [
    `HTTP/1.1 ${status}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
