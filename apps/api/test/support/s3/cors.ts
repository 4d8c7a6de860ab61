import type { S3Request } from './s3-request.ts';

/** A bucket's rule for pages of other origins, as R2 has it. */
export interface CorsRule {
  /** Origins, or `*`. */
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  /** Lowercase. */
  readonly allowedHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
}

/** The headers with which a bucket answers a page of another origin; none when the rule does not fit, as S3 does. */
export function corsHeaders(
  { method, headers }: S3Request,
  rule: CorsRule | undefined,
): Record<string, string> {
  const { origin } = headers;
  if (rule === undefined || origin === undefined) return {};
  const asked = method === 'OPTIONS' ? headers['access-control-request-method'] : method;
  const askedHeaders = (headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const anyOrigin = rule.allowedOrigins.includes('*');
  const fits =
    (anyOrigin || rule.allowedOrigins.includes(origin)) &&
    rule.allowedMethods.includes(asked ?? '') &&
    askedHeaders.every((name) => rule.allowedHeaders.includes(name));
  if (!fits) return {};
  return {
    'access-control-allow-origin': anyOrigin ? '*' : origin,
    'access-control-allow-methods': rule.allowedMethods.join(', '),
    'access-control-expose-headers': rule.exposeHeaders.join(', '),
    ...(askedHeaders.length === 0 ? {} : { 'access-control-allow-headers': askedHeaders.join(', ') }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}
