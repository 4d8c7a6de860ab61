import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { S3Error, type S3ErrorCode } from './s3-error.ts';
import { header, parameter, type S3Request } from './s3-request.ts';

/** An access key that the server accepts. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** (Default: read-write) */
  readonly access?: 'read-write' | 'read';
}

/** What signatures are checked against. */
export interface SignaturePolicy {
  readonly credentials: readonly S3Credentials[];
  readonly regions: readonly string[];
}

/** The parts of a signature, from the header or the URL. */
interface SignatureClaim {
  readonly credential: string;
  readonly signedHeaders: readonly string[];
  /** `YYYYMMDDTHHMMSSZ`. */
  readonly timestamp: string;
  /** 64 hexadecimal digits. */
  readonly signature: string;
  /** Digest of the body, or what takes its place. */
  readonly payloadHash: string;
  /** Of a presigned URL; undefined for a header. */
  readonly expiresSeconds?: number;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const MAX_SKEW_MS = 15 * 60_000;
const MAX_EXPIRES_SECONDS = 7 * 86_400;

/**
 * Verifies AWS Signature Version 4 in a header or a presigned URL.
 *
 * @returns undefined when the request has no signature
 * @throws S3Error for an invalid one
 */
export function authenticate(request: S3Request, policy: SignaturePolicy): S3Credentials | undefined {
  const authorization = header(request, 'authorization');
  const isPresigned = request.query.some(([name]) => /^X-Amz-(Signature|Algorithm|Credential)$/i.test(name));
  if (authorization === undefined) {
    return isPresigned
      ? verify(request, claimOfUrl(request), policy, 'AuthorizationQueryParametersError')
      : undefined;
  }
  if (isPresigned) throw new S3Error('InvalidArgument', 'Use a header or a presigned URL, not both.');
  return verify(request, claimOfHeader(request, authorization), policy, 'AuthorizationHeaderMalformed');
}

function claimOfHeader(request: S3Request, authorization: string): SignatureClaim {
  const fields = new RegExp(
    `^${ALGORITHM} Credential=([^,\\s]+),\\s*SignedHeaders=([^,\\s]+),\\s*Signature=([^,\\s]+)$`,
  ).exec(authorization);
  const timestamp = header(request, 'x-amz-date');
  const payloadHash = header(request, 'x-amz-content-sha256');
  if (fields === null || timestamp === undefined || payloadHash === undefined) {
    throw new S3Error('AuthorizationHeaderMalformed', 'A part of the signature is missing or malformed.');
  }
  const [, credential = '', signedHeaders = '', signature = ''] = fields;
  return { credential, signedHeaders: signedHeaders.split(';'), signature, timestamp, payloadHash };
}

function claimOfUrl(request: S3Request): SignatureClaim {
  const value = (name: string, pattern = /./) => {
    const [only = '', ...others] = request.query
      .filter(([each]) => each === `X-Amz-${name}`)
      .map(([, each]) => each);
    if (pattern.test(only) && others.length === 0) return only;
    throw new S3Error('AuthorizationQueryParametersError', `X-Amz-${name} is missing or invalid.`);
  };
  value('Algorithm', new RegExp(`^${ALGORITHM}$`));
  const expiresSeconds = Number(value('Expires', /^[1-9]\d*$/));
  if (expiresSeconds > MAX_EXPIRES_SECONDS) {
    throw new S3Error('AuthorizationQueryParametersError', 'X-Amz-Expires must be at most a week.');
  }
  return {
    credential: value('Credential'),
    signedHeaders: value('SignedHeaders').split(';'),
    timestamp: value('Date'),
    signature: value('Signature'),
    payloadHash: parameter(request, 'X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD',
    expiresSeconds,
  };
}

function verify(
  request: S3Request,
  claim: SignatureClaim,
  policy: SignaturePolicy,
  malformed: S3ErrorCode,
): S3Credentials {
  const [accessKeyId, ...scope] = claim.credential.split('/');
  const [day, region = '', ...rest] = scope;
  const ageMs = Date.now() - parseTimestamp(claim.timestamp);
  if (day !== claim.timestamp.slice(0, 8) || rest.join('/') !== 's3/aws4_request' || Number.isNaN(ageMs)) {
    throw new S3Error(malformed, 'The credential or the date is malformed.');
  }
  if (!policy.regions.includes(region)) {
    throw new S3Error(malformed, `The region '${region}' is wrong; expecting '${policy.regions[0]}'`);
  }
  const isPresigned = claim.expiresSeconds !== undefined;
  if (ageMs < -MAX_SKEW_MS || (!isPresigned && ageMs > MAX_SKEW_MS)) {
    throw new S3Error(isPresigned ? 'AccessDenied' : 'RequestTimeTooSkewed', 'The clocks are too far apart.');
  }
  const unsigned = Object.keys(request.headers).find(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !claim.signedHeaders.includes(name),
  );
  if (unsigned !== undefined) throw new S3Error('AccessDenied', `The header ${unsigned} is not signed.`);
  const credentials = policy.credentials.find((each) => each.accessKeyId === accessKeyId);
  if (credentials === undefined) throw new S3Error('InvalidAccessKeyId', 'Unknown access key.');
  const expected = Buffer.from(calculateSignature(request, claim, scope, credentials.secretAccessKey));
  const given = Buffer.from(claim.signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new S3Error('SignatureDoesNotMatch', 'The signature does not match.');
  }
  if (claim.expiresSeconds !== undefined && ageMs > claim.expiresSeconds * 1_000) {
    throw new S3Error('AccessDenied', 'Request has expired');
  }
  return credentials;
}

/** As S3 does it: the path is encoded once, and `X-Amz-Signature` itself is left out. */
function calculateSignature(
  request: S3Request,
  claim: SignatureClaim,
  scope: readonly string[],
  secretAccessKey: string,
): string {
  const canonicalRequest = [
    request.method,
    request.path.split('/').map(encode).join('/'),
    canonicalQuery(request),
    ...claim.signedHeaders.map(
      (name) => `${name}:${(header(request, name) ?? '').trim().replace(/\s+/g, ' ')}`,
    ),
    '',
    claim.signedHeaders.join(';'),
    claim.payloadHash,
  ].join('\n');
  const digest = createHash('sha256').update(canonicalRequest).digest('hex');
  const stringToSign = [ALGORITHM, claim.timestamp, scope.join('/'), digest].join('\n');
  const signingKey = scope.reduce<Buffer>(hmac, Buffer.from(`AWS4${secretAccessKey}`));
  return hmac(signingKey, stringToSign).toString('hex');
}

function canonicalQuery({ query }: S3Request): string {
  return query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted()
    .join('&');
}

/** Milliseconds since 1970; NaN when the text is no timestamp. */
function parseTimestamp(timestamp: string): number {
  return Date.parse(timestamp.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** Percent-encodes all but the unreserved characters of RFC 3986. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
