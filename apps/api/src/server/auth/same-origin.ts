import type { FastifyRequest } from 'fastify';

/** Whether a page of this server or of another origin sent a request; unknown if the request does not say. */
export type RequestOrigin = 'same' | 'other' | 'unknown';

/**
 * The origin of a request. `Sec-Fetch-Site` decides if present, because no page can set it. Browsers omit it for plain HTTP to
 * another machine; then `Origin` must be this server's.
 *
 * @param publicOrigin public origin of this server, which a proxy may hide from the request
 */
export function originOf(request: FastifyRequest, publicOrigin: string): RequestOrigin {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' ? 'same' : 'other';
  const { origin } = request.headers;
  if (origin === undefined) return 'unknown';
  return origin === publicOrigin || origin === `${request.protocol}://${request.host}` ? 'same' : 'other';
}

/**
 * Whether a request may use its session cookie. A request of unknown origin may only read: browsers always send their origin
 * with a write.
 */
export function mayUseCookie(request: FastifyRequest, publicOrigin: string): boolean {
  const origin = originOf(request, publicOrigin);
  return (
    origin === 'same' || (origin === 'unknown' && (request.method === 'GET' || request.method === 'HEAD'))
  );
}
