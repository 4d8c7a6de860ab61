import { AppError } from '../../errors.ts';

const REFUSED_CREDENTIALS =
  'The store does not accept the credentials (R2_ACCESS_KEY_ID, R2_SECRET_ACCESS_KEY)';
const REFUSED_ACCESS =
  'The store refuses access: the token must be allowed to read and write objects of R2_BUCKET';
const NO_BUCKET = 'The store has no such bucket (R2_BUCKET)';
const NO_ENDPOINT = 'The store cannot be found (R2_ENDPOINT)';
const NO_S3 = 'The store does not speak the S3 protocol (R2_ENDPOINT)';
const OTHER_CLOCK = 'The store does not accept the clock of this machine';
const OVERLOADED = 'The store is overloaded';
const OTHER_BYTES = 'The store did not receive what was sent';
const OUT_OF_REACH = 'The store is out of reach';

/** What S3's own codes, and those of Node's network and of the SDK, mean to an operator. */
const SENTENCES: Readonly<Record<string, string>> = {
  InvalidAccessKeyId: REFUSED_CREDENTIALS,
  SignatureDoesNotMatch: REFUSED_CREDENTIALS,
  Unauthorized: REFUSED_CREDENTIALS,
  // How R2 calls a key that has not the form of one.
  InvalidArgument: REFUSED_CREDENTIALS,
  AuthorizationHeaderMalformed: REFUSED_CREDENTIALS,
  InvalidToken: REFUSED_CREDENTIALS,
  AccessDenied: REFUSED_ACCESS,
  Forbidden: REFUSED_ACCESS,
  RequestTimeTooSkewed: OTHER_CLOCK,
  NoSuchBucket: NO_BUCKET,
  BadDigest: OTHER_BYTES,
  XAmzContentSHA256Mismatch: OTHER_BYTES,
  IncompleteBody: OTHER_BYTES,
  SlowDown: OVERLOADED,
  ServiceUnavailable: OVERLOADED,
  TooManyRequests: OVERLOADED,
  ENOTFOUND: NO_ENDPOINT,
  EAI_AGAIN: NO_ENDPOINT,
};

/** For answers without a body, which carry no code. */
const SENTENCES_BY_STATUS: Readonly<Record<number, string>> = {
  401: REFUSED_CREDENTIALS,
  403: REFUSED_ACCESS,
  429: OVERLOADED,
  503: OVERLOADED,
};

/** What is looked at of an error of the SDK or of the network. */
interface SdkError {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/**
 * The one error of a store that could not do what it was asked. Its sentence names the variable to look at and no value; what
 * really happened is its cause, for the log.
 */
export function toStoreError(cause: unknown): AppError {
  return new AppError('STORE_UNAVAILABLE', describe(cause), { cause });
}

/** The same for an error whose name is one of S3's own codes; undefined for all others. */
export function toKnownStoreError(cause: unknown): AppError | undefined {
  const sentence = SENTENCES[String((cause as SdkError).name)];
  return sentence === undefined ? undefined : new AppError('STORE_UNAVAILABLE', sentence, { cause });
}

/** The error of an endpoint that answers, but not as a bucket does. */
export function noS3Error(): AppError {
  return new AppError('STORE_UNAVAILABLE', NO_S3);
}

/** Whether an error says that there is no such object. */
export function isNoSuchKey(error: unknown): boolean {
  const { name } = error as SdkError;
  return name === 'NoSuchKey' || name === 'NotFound';
}

/** Whether an error says that the store does not let this client in, for whatever reason. */
export function isRefusal(error: unknown): boolean {
  const status = (error as SdkError).$metadata?.httpStatusCode;
  return status === 400 || status === 401 || status === 403;
}

/** Whether an error says that there is no such multipart upload. */
export function isNoSuchUpload(error: unknown): boolean {
  return (error as SdkError).name === 'NoSuchUpload';
}

/** Whether the same request may succeed soon: the network failed, or the store says that it is its own fault. */
export function isTransient(error: unknown): boolean {
  const status = (error as SdkError).$metadata?.httpStatusCode;
  return status === undefined || status === 408 || status === 429 || status >= 500;
}

function describe(error: unknown): string {
  const { name, code, $metadata } = error as SdkError;
  const status = $metadata?.httpStatusCode;
  const known = SENTENCES[String(name)] ?? SENTENCES[String(code)] ?? SENTENCES_BY_STATUS[status ?? 0];
  if (known !== undefined) return known;
  // What is wrong S3 says in XML, which the SDK gives a name; a nameless answer comes from something else that listens there.
  const isUnreadable = error instanceof SyntaxError || name === 'Error';
  return isUnreadable && status !== undefined && status < 500 ? NO_S3 : OUT_OF_REACH;
}
