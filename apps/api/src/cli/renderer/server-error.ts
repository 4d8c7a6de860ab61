import { AppError, toErrorCode } from '../../errors.ts';
import { isDefragError } from './server-client.ts';

/** What a failed call to a server says in one line: the server's own words, or that it did not answer. */
export function serverError(error: unknown, url: string): AppError {
  if (error instanceof AppError) return error;
  if (!isDefragError(error)) {
    return new AppError('UNAVAILABLE', `The server at ${url} did not answer.`, { cause: error });
  }
  const { error_code: code } = error.data;
  if (code === 'UNAUTHORIZED') {
    return new AppError(
      code,
      `The server at ${url} does not take this key. Set DEFRAG_ADMIN_KEY to the one it was started with.`,
      { cause: error },
    );
  }
  return new AppError(toErrorCode(code), error.message, { cause: error });
}
