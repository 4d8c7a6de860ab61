import { XMLBuilder } from 'fast-xml-parser';

/** HTTP status of every error that the server gives, by S3's own code. */
const STATUS = {
  AccessDenied: 403,
  AuthorizationHeaderMalformed: 400,
  AuthorizationQueryParametersError: 400,
  BadDigest: 400,
  EntityTooSmall: 400,
  IncompleteBody: 400,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidArgument: 400,
  InvalidDigest: 400,
  InvalidPart: 400,
  InvalidPartOrder: 400,
  InvalidRange: 416,
  InvalidRequest: 400,
  MalformedXML: 400,
  MethodNotAllowed: 405,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NoSuchUpload: 404,
  NotImplemented: 501,
  PreconditionFailed: 412,
  RequestTimeTooSkewed: 403,
  SignatureDoesNotMatch: 403,
  SlowDown: 503,
  XAmzContentSHA256Mismatch: 400,
} as const;

/** A code of S3's errors. */
export type S3ErrorCode = keyof typeof STATUS;

/** An error as S3 answers it. */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly code: S3ErrorCode;

  constructor(code: S3ErrorCode, message: string) {
    super(message);
    this.code = code;
  }

  /** HTTP status, 400..599. */
  get status(): number {
    return STATUS[this.code];
  }
}

const builder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: false });

/** An XML document, UTF-8. An array makes one element for each of its items. */
export function toXml(root: Record<string, unknown>): Buffer {
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(root)}`);
}

/** The body of an error's answer. */
export function errorXml(error: S3Error, resource: string, requestId: string): Buffer {
  const { code: Code, message: Message } = error;
  return toXml({ Error: { Code, Message, Resource: resource, RequestId: requestId } });
}
