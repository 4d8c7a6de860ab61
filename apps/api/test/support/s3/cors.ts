import type { S3Request } from './s3-request.ts';

/** A bucket's CORS rule, as R2 has it. */
export interface CorsRule {
  /** Origins, or `*`. */
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  /** Lowercase. */
  readonly allowedHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
}

/** The CORS headers of a response; none when the rule does not allow the request. */
export function corsHeaders(
  { method, headers }: S3Request,
  rule: CorsRule | undefined,
): Record<string, string> {
  const { origin } = headers;
  if (rule === undefined || origin === undefined) return {};
  const wantedMethod = method === 'OPTIONS' ? headers['access-control-request-method'] : method;
  const wantedHeaders = (headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const anyOrigin = rule.allowedOrigins.includes('*');
  const isAllowed =
    (anyOrigin || rule.allowedOrigins.includes(origin)) &&
    rule.allowedMethods.includes(wantedMethod ?? '') &&
    wantedHeaders.every((name) => rule.allowedHeaders.includes(name));
  if (!isAllowed) return {};
  return {
    'access-control-allow-origin': anyOrigin ? '*' : origin,
    'access-control-allow-methods': rule.allowedMethods.join(', '),
    'access-control-expose-headers': rule.exposeHeaders.join(', '),
    ...(wantedHeaders.length === 0 ? {} : { 'access-control-allow-headers': wantedHeaders.join(', ') }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}
