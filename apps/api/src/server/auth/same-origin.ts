import type { FastifyRequest } from 'fastify';

/** Where a request comes from: a page of this server, a page of another origin, or not from a page as far as it says. */
export type RequestOrigin = 'same' | 'other' | 'unknown';

/**
 * Tells whether a page of this server sent a request. `Sec-Fetch-Site` decides where it is there: no page can set it. Browsers
 * leave it out when they talk to a plain HTTP address that is not this machine; then `Origin` must be this server's.
 *
 * @param publicOrigin origin under which the server is known, whatever a proxy makes of the request
 */
export function originOf(request: FastifyRequest, publicOrigin: string): RequestOrigin {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' ? 'same' : 'other';
  const { origin } = request.headers;
  if (origin === undefined) return 'unknown';
  return origin === publicOrigin || origin === `${request.protocol}://${request.host}` ? 'same' : 'other';
}

/**
 * Whether a cookie may speak for its holder here. A request that does not say where it comes from may only read: every browser
 * names its origin when it writes.
 */
export function mayUseCookie(request: FastifyRequest, publicOrigin: string): boolean {
  const origin = originOf(request, publicOrigin);
  return (
    origin === 'same' || (origin === 'unknown' && (request.method === 'GET' || request.method === 'HEAD'))
  );
}
