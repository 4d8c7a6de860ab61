import { timingSafeEqual } from 'node:crypto';
import { S3Error } from './s3-error.ts';
import { header, parameter, type S3Request } from './s3-request.ts';
import { ALGORITHM, calculateSignature, parseTimestamp, type SignatureClaim } from './sigv4.ts';

/** A key that the server knows. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** What it may do. (Default: read-write) */
  readonly access?: 'read-write' | 'read';
}

/** What is asked of every signature. */
export interface SignaturePolicy {
  readonly credentials: readonly S3Credentials[];
  /** Regions that a signature may name. */
  readonly regions: readonly string[];
  /** The present, in milliseconds since 1970. */
  now(): number;
}

/** How far a clock may be off, in milliseconds. */
const MAX_SKEW_MS = 15 * 60_000;
/** Longest life of a presigned URL in seconds: a week. */
const MAX_EXPIRES_SECONDS = 604_800;
const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/**
 * Who sent a request, by its signature in the header or in the address.
 *
 * @returns undefined when it carries no signature at all
 * @throws S3Error for anything that is wrong with a signature
 */
export function authenticate(request: S3Request, policy: SignaturePolicy): S3Credentials | undefined {
  const authorization = header(request, 'authorization');
  const isPresigned = request.query.some(([name]) => /^X-Amz-(Signature|Algorithm|Credential)$/i.test(name));
  if (authorization !== undefined && isPresigned) {
    throw new S3Error('InvalidArgument', 'Only one way of signing is allowed.');
  }
  if (authorization !== undefined) return byHeader(request, authorization, policy);
  return isPresigned ? byAddress(request, policy) : undefined;
}

function byHeader(request: S3Request, authorization: string, policy: SignaturePolicy): S3Credentials {
  const fields = new RegExp(
    `^${ALGORITHM} Credential=([^,\\s]+),\\s*SignedHeaders=([^,\\s]+),\\s*Signature=([^,\\s]+)$`,
  ).exec(authorization);
  if (fields === null) {
    throw new S3Error('AuthorizationHeaderMalformed', 'The authorization header is malformed.');
  }
  const [, credential = '', signedHeaders = '', signature = ''] = fields;
  const timestamp = header(request, 'x-amz-date') ?? '';
  const claim = claimOf({ credential, signedHeaders, timestamp, signature }, 'AuthorizationHeaderMalformed');
  const ageMs = policy.now() - parseTimestamp(timestamp);
  if (Number.isNaN(ageMs)) throw new S3Error('AccessDenied', 'A valid x-amz-date is required.');
  if (Math.abs(ageMs) > MAX_SKEW_MS) {
    throw new S3Error('RequestTimeTooSkewed', 'The clocks are too far apart.');
  }
  const payloadHash = header(request, 'x-amz-content-sha256');
  if (payloadHash === undefined) throw new S3Error('InvalidRequest', 'Missing x-amz-content-sha256.');
  return checkClaim(request, claim, { payloadHash, policy, malformed: 'AuthorizationHeaderMalformed' });
}

function byAddress(request: S3Request, policy: SignaturePolicy): S3Credentials {
  const malformed = 'AuthorizationQueryParametersError';
  const value = (name: string) => {
    const values = request.query.filter(([each]) => each === `X-Amz-${name}`);
    const [only] = values;
    if (only === undefined || values.length > 1)
      throw new S3Error(malformed, `X-Amz-${name} is required once.`);
    return only[1];
  };
  if (value('Algorithm') !== ALGORITHM) throw new S3Error(malformed, `X-Amz-Algorithm must be ${ALGORITHM}.`);
  const timestamp = value('Date');
  const claim = claimOf(
    {
      credential: value('Credential'),
      signedHeaders: value('SignedHeaders'),
      signature: value('Signature'),
      timestamp,
    },
    malformed,
  );
  const expires = value('Expires');
  const expiresSeconds = Number(expires);
  if (!/^\d+$/.test(expires) || expiresSeconds < 1 || expiresSeconds > MAX_EXPIRES_SECONDS) {
    throw new S3Error(malformed, 'X-Amz-Expires must be between a second and a week.');
  }
  const ageMs = policy.now() - parseTimestamp(timestamp);
  if (Number.isNaN(ageMs)) throw new S3Error(malformed, 'X-Amz-Date is malformed.');
  if (ageMs < -MAX_SKEW_MS) throw new S3Error('AccessDenied', 'Request is not valid yet');
  const credentials = checkClaim(request, claim, {
    payloadHash: parameter(request, 'X-Amz-Content-Sha256') ?? UNSIGNED_PAYLOAD,
    policy,
    malformed,
  });
  if (ageMs > expiresSeconds * 1_000) throw new S3Error('AccessDenied', 'Request has expired');
  return credentials;
}

function claimOf(
  parts: { credential: string; signedHeaders: string; timestamp: string; signature: string },
  malformed: 'AuthorizationHeaderMalformed' | 'AuthorizationQueryParametersError',
): SignatureClaim {
  const scope = parts.credential.split('/');
  const [accessKeyId = '', day = '', region = '', service = '', terminator = ''] = scope;
  if (scope.length !== 5 || day !== parts.timestamp.slice(0, 8)) {
    throw new S3Error(malformed, 'The credential is malformed.');
  }
  const signedHeaders = parts.signedHeaders.split(';');
  return { ...parts, accessKeyId, day, region, service, terminator, signedHeaders };
}

function checkClaim(
  request: S3Request,
  claim: SignatureClaim,
  options: {
    payloadHash: string;
    policy: SignaturePolicy;
    malformed: 'AuthorizationHeaderMalformed' | 'AuthorizationQueryParametersError';
  },
): S3Credentials {
  const { policy, payloadHash, malformed } = options;
  if (!policy.regions.includes(claim.region)) {
    throw new S3Error(malformed, `The region '${claim.region}' is wrong; expecting '${policy.regions[0]}'`);
  }
  if (claim.service !== 's3' || claim.terminator !== 'aws4_request') {
    throw new S3Error(malformed, 'The scope must end with s3/aws4_request.');
  }
  const unsigned = Object.keys(request.headers).find(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !claim.signedHeaders.includes(name),
  );
  if (unsigned !== undefined) {
    throw new S3Error(
      'AccessDenied',
      `There were headers present in the request which were not signed: ${unsigned}`,
    );
  }
  const credentials = policy.credentials.find(({ accessKeyId }) => accessKeyId === claim.accessKeyId);
  if (credentials === undefined) {
    throw new S3Error('InvalidAccessKeyId', 'The access key id does not exist in our records.');
  }
  const { secretAccessKey } = credentials;
  const expected = Buffer.from(calculateSignature(request, claim, { payloadHash, secretAccessKey }));
  const given = Buffer.from(claim.signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new S3Error('SignatureDoesNotMatch', 'The signature does not match the one that was calculated.');
  }
  return credentials;
}
