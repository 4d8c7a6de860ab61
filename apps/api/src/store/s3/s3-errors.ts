import { AppError } from '../../errors.ts';
import { storeOperation } from '../store.ts';

const CREDENTIALS = 'The store rejected the credentials: check R2_ACCESS_KEY_ID and R2_SECRET_ACCESS_KEY';
const ACCESS = 'The store denied access: allow the token to read and write objects of R2_BUCKET';
const BUCKET = 'The store has no bucket of this name: check R2_BUCKET';
const HOST = 'The host name of the store cannot be resolved: check R2_ENDPOINT';
const NO_S3 = 'The store does not speak the S3 protocol: check R2_ENDPOINT';
const CLOCK = 'The store rejected the time of the request: set the clock of this machine';
const OVERLOADED = 'The store is overloaded: try again later';
const FAILED = 'The store reports an internal error: try again later';
const DAMAGED = 'The store received a damaged file: try again';
const CHANGED = 'The file in the store changed while it was read: try again';
const UNREACHABLE = 'The store cannot be reached: check the network and R2_ENDPOINT';

/** By error codes of S3, of Node's network and of the SDK. */
const SENTENCES: Readonly<Record<string, string>> = {
  InvalidAccessKeyId: CREDENTIALS,
  SignatureDoesNotMatch: CREDENTIALS,
  Unauthorized: CREDENTIALS,
  // R2's code for an access key id of the wrong length.
  InvalidArgument: CREDENTIALS,
  AuthorizationHeaderMalformed: CREDENTIALS,
  InvalidToken: CREDENTIALS,
  AccessDenied: ACCESS,
  Forbidden: ACCESS,
  RequestTimeTooSkewed: CLOCK,
  NoSuchBucket: BUCKET,
  BadDigest: DAMAGED,
  XAmzContentSHA256Mismatch: DAMAGED,
  IncompleteBody: DAMAGED,
  PreconditionFailed: CHANGED,
  InternalError: FAILED,
  SlowDown: OVERLOADED,
  ServiceUnavailable: OVERLOADED,
  TooManyRequests: OVERLOADED,
  ENOTFOUND: HOST,
  EAI_AGAIN: HOST,
};

/** For responses without a body, which have no code. */
const SENTENCES_BY_STATUS: Readonly<Record<number, string>> = {
  401: CREDENTIALS,
  403: ACCESS,
  429: OVERLOADED,
  500: FAILED,
  503: OVERLOADED,
};

interface SdkError {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** The message names the variable to check, and no value. */
export function toStoreError(cause: unknown): AppError {
  return new AppError('STORE_UNAVAILABLE', describe(cause), { cause });
}

export const s3Operation = storeOperation(toStoreError);

/** The store's error for an error that is named like one of S3's codes; undefined for all others. */
export function toKnownStoreError(cause: unknown): AppError | undefined {
  const sentence = SENTENCES[String((cause as SdkError).name)];
  return sentence === undefined ? undefined : new AppError('STORE_UNAVAILABLE', sentence, { cause });
}

/** For an endpoint that answers, but not as S3 does. */
export function noS3Error(): AppError {
  return new AppError('STORE_UNAVAILABLE', NO_S3);
}

export function isNoSuchKey(error: unknown): boolean {
  return (error as SdkError).name === 'NoSuchKey';
}

function describe(error: unknown): string {
  const { name, code, $metadata } = error as SdkError;
  const status = $metadata?.httpStatusCode;
  const known = SENTENCES[String(name)] ?? SENTENCES[String(code)] ?? SENTENCES_BY_STATUS[status ?? 0];
  if (known !== undefined) return known;
  // The SDK names errors after the code in S3's XML; an unnamed one comes from another kind of server.
  const isUnnamed = error instanceof SyntaxError || name === 'Error';
  return isUnnamed && status !== undefined && status < 500 ? NO_S3 : UNREACHABLE;
}
