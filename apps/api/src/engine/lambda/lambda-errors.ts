/** What is looked at of an error of the SDK or of the network. */
interface SdkError {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly stack?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/**
 * What AWS says when more is asked of it than the account may have. A function that is refused another function passes the error on as
 * text, so there is nothing but words to look at.
 */
const THROTTLING =
  /TooManyRequests|Rate ?Exceeded|ConcurrentInvocationLimitExceeded|Concurrency limit reached|ThrottlingException/i;

/** Codes of Node's for a connection that never came about: nothing was asked of anybody. */
const NEVER_ASKED: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** Whether an error says that AWS would take the same request at another time. */
export function isThrottled(error: unknown): boolean {
  const { name, message, stack, $metadata } = error as SdkError;
  return $metadata?.httpStatusCode === 429 || THROTTLING.test(`${name} ${message} ${stack}`);
}

/** Whether AWS itself, or the way to it, has refused a request, so that the function heard nothing of it. */
export function isRefusal(error: unknown): boolean {
  const { code, $metadata } = error as SdkError;
  return $metadata?.httpStatusCode !== undefined || NEVER_ASKED.has(code);
}

/**
 * Whether nobody can tell if AWS took an invocation: it was sent, and the answer never came. What AWS or the function itself has refused
 * is no such case.
 */
export function mayHaveBeenTaken(error: unknown): boolean {
  const { code, name } = error as SdkError;
  if (isRefusal(error)) return false;
  return typeof code === 'string' || name === 'TimeoutError' || name === 'AbortError';
}
