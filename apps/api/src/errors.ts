/**
 * Every error that the system names, with what it means to a caller: the HTTP status, the tRPC code, and whether the same
 * call may succeed later without a change.
 */
export const ERROR_CODES = {
  BAD_REQUEST: { httpStatus: 400, trpcCode: 'BAD_REQUEST', retryable: false },
  UNAUTHORIZED: { httpStatus: 401, trpcCode: 'UNAUTHORIZED', retryable: false },
  FORBIDDEN: { httpStatus: 403, trpcCode: 'FORBIDDEN', retryable: false },
  NOT_FOUND: { httpStatus: 404, trpcCode: 'NOT_FOUND', retryable: false },
  FRICTION_EVENT_NOT_FOUND: { httpStatus: 404, trpcCode: 'NOT_FOUND', retryable: false },
  VIDEO_NOT_FOUND: { httpStatus: 404, trpcCode: 'NOT_FOUND', retryable: false },
  METHOD_NOT_ALLOWED: { httpStatus: 405, trpcCode: 'METHOD_NOT_SUPPORTED', retryable: false },
  CONFLICT: { httpStatus: 409, trpcCode: 'CONFLICT', retryable: false },
  PRECONDITION_FAILED: { httpStatus: 412, trpcCode: 'PRECONDITION_FAILED', retryable: false },
  PAYLOAD_TOO_LARGE: { httpStatus: 413, trpcCode: 'PAYLOAD_TOO_LARGE', retryable: false },
  UNSUPPORTED_MEDIA_TYPE: { httpStatus: 415, trpcCode: 'UNSUPPORTED_MEDIA_TYPE', retryable: false },
  RANGE_NOT_SATISFIABLE: { httpStatus: 416, trpcCode: 'BAD_REQUEST', retryable: false },
  TOO_MANY_REQUESTS: { httpStatus: 429, trpcCode: 'TOO_MANY_REQUESTS', retryable: true },
  INTERNAL: { httpStatus: 500, trpcCode: 'INTERNAL_SERVER_ERROR', retryable: false },
  RENDER_CANCELLED: { httpStatus: 409, trpcCode: 'CONFLICT', retryable: false },
  RENDER_FAILED: { httpStatus: 500, trpcCode: 'INTERNAL_SERVER_ERROR', retryable: true },
  RENDER_WORKER_DIED: { httpStatus: 500, trpcCode: 'INTERNAL_SERVER_ERROR', retryable: true },
  RENDER_ENCODER_FAILED: { httpStatus: 500, trpcCode: 'INTERNAL_SERVER_ERROR', retryable: true },
  RENDER_OUT_OF_SPACE: { httpStatus: 503, trpcCode: 'SERVICE_UNAVAILABLE', retryable: true },
  RENDER_TIMED_OUT: { httpStatus: 503, trpcCode: 'SERVICE_UNAVAILABLE', retryable: true },
  RENDER_NOT_DETERMINISTIC: { httpStatus: 500, trpcCode: 'INTERNAL_SERVER_ERROR', retryable: false },
  STORE_UNAVAILABLE: { httpStatus: 503, trpcCode: 'SERVICE_UNAVAILABLE', retryable: true },
  UNAVAILABLE: { httpStatus: 503, trpcCode: 'SERVICE_UNAVAILABLE', retryable: true },
} as const satisfies Record<string, { httpStatus: number; trpcCode: string; retryable: boolean }>;

/** One of the codes of {@link ERROR_CODES}; it is what callers may branch on, never the message. */
export type AppErrorCode = keyof typeof ERROR_CODES;

/** The code if it is one of {@link ERROR_CODES}, else RENDER_FAILED: for codes that come back from a database row. */
export function toErrorCode(code: string | null): AppErrorCode {
  return code !== null && Object.hasOwn(ERROR_CODES, code) ? (code as AppErrorCode) : 'RENDER_FAILED';
}

/** One field of a request that is wrong: where, and what would be right. */
export interface AppErrorIssue {
  /** Keys and indexes from the request's root to the field; empty for the request itself. */
  readonly path: ReadonlyArray<string | number>;
  readonly message: string;
}

/**
 * The one error class of the system. The message is for people and may be shown to a caller, so it carries no SQL, no
 * parameter, no path and no motion profile; the underlying error is kept as `cause` for the log.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: AppErrorCode;
  readonly retryable: boolean;
  readonly issues: readonly AppErrorIssue[] | undefined;

  constructor(
    code: AppErrorCode,
    message: string,
    options: { cause?: unknown; retryable?: boolean; issues?: readonly AppErrorIssue[] } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? ERROR_CODES[code].retryable;
    this.issues = options.issues;
  }

  get httpStatus(): number {
    return ERROR_CODES[this.code].httpStatus;
  }
}
