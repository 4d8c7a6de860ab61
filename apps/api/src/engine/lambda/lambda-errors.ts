interface SdkError {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly stack?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** AWS throttles. The function reports the throttling of another function only as text. */
const THROTTLING =
  /TooManyRequests|Rate ?Exceeded|ConcurrentInvocationLimitExceeded|Concurrency limit reached|ThrottlingException/i;

/** No connection was opened, so no request was sent. */
const NOT_SENT: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

export function isThrottled(error: unknown): boolean {
  const { name, message, stack, $metadata } = error as SdkError;
  return $metadata?.httpStatusCode === 429 || THROTTLING.test(`${name} ${message} ${stack}`);
}

/** Whether AWS rejected a request, or it was never sent, so that the function did not run. */
export function isRefusal(error: unknown): boolean {
  const { code, $metadata } = error as SdkError;
  return $metadata?.httpStatusCode !== undefined || NOT_SENT.has(code);
}

/** Whether an invocation was sent, but its answer was lost, so that the function may have run. */
export function mayHaveBeenTaken(error: unknown): boolean {
  const { code, name } = error as SdkError;
  if (isRefusal(error)) return false;
  return typeof code === 'string' || name === 'TimeoutError' || name === 'AbortError';
}
