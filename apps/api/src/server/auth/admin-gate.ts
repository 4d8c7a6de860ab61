import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../errors.ts';
import type { Principal, SessionAccess } from '../../trpc/context.ts';
import { unauthorized } from '../../trpc/init.ts';
import { type AdminSecrets, createAuthenticator, createSecretMatcher } from './authenticate.ts';
import { createSessionCookies } from './session-cookie.ts';

/** How many requests one address may send in a minute. Each API process counts for itself. */
export interface RateLimits {
  /** Requests without a valid key or session. (Default: 30) */
  readonly failedAuthPerMinute?: number | undefined;
  /** Requests with one. (Default: 12000) */
  readonly adminPerMinute?: number | undefined;
  /** Calls of `session.signIn`, with any key. (Default: 10) */
  readonly signInPerMinute?: number | undefined;
}

export interface AdminGate {
  /**
   * Admits requests with a key or a session, as an `onRequest` hook of the admin routes. Sets `request.principal`.
   *
   * @throws AppError UNAUTHORIZED, FORBIDDEN for a session cookie from a page of another origin, or TOO_MANY_REQUESTS with
   * `Retry-After` set on the reply
   */
  admit(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** The session of a request's browser, for the procedures that start, read and end it. */
  sessionOf(request: FastifyRequest, reply: FastifyReply): SessionAccess;
}

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal;
  }
}

const MINUTE_MS = 60_000;
const FOREIGN_PAGE = 'Session cookies work only for pages of this server.';

/**
 * Creates the gate. An address that has used up its failed requests is still admitted with a valid key: otherwise anybody
 * behind the same proxy could lock the operators out.
 *
 * @param options.publicBaseUrl its scheme decides whether the cookie is for HTTPS only, its origin which pages are ours
 */
export function createAdminGate(
  app: FastifyInstance,
  options: { secrets: AdminSecrets; limits: RateLimits; publicBaseUrl: string },
): AdminGate {
  const { secrets, limits } = options;
  const hasKey = createAuthenticator(secrets);
  const isAdminKey = createSecretMatcher(secrets.adminKey);
  const publicOrigin = new URL(options.publicBaseUrl).origin;
  const cookies = createSessionCookies({
    adminKey: secrets.adminKey,
    secure: publicOrigin.startsWith('https:'),
  });
  const failures = limiter(limits.failedAuthPerMinute ?? 30, 'Too many requests without a valid key.');
  const calls = limiter(limits.adminPerMinute ?? 12_000, 'Too many requests.');
  const signIns = limiter(limits.signInPerMinute ?? 10, 'Too many sign-in requests.');
  app.decorateRequest('principal', 'anonymous');

  function limiter(max: number, message: string) {
    const limit = app.createRateLimit({ max, timeWindow: MINUTE_MS });
    return async (request: FastifyRequest, reply: FastifyReply) => {
      const state = await limit(request);
      if (state.isAllowed || !state.isExceeded) return;
      reply.header('retry-after', state.ttlInSeconds);
      throw new AppError('TOO_MANY_REQUESTS', `${message} Try again later.`);
    };
  }

  return {
    async admit(request, reply) {
      const byKey = hasKey(request.raw);
      const byCookie = !byKey && (await cookies.read(request)) !== undefined;
      if (byKey || (byCookie && mayUseCookie(request, publicOrigin))) {
        await calls(request, reply);
        request.principal = 'admin';
        return;
      }
      await failures(request, reply);
      throw byCookie ? new AppError('FORBIDDEN', FOREIGN_PAGE) : unauthorized();
    },

    sessionOf(request, reply) {
      const refuseForeignPages = () => {
        if (originOf(request, publicOrigin) === 'other') throw new AppError('FORBIDDEN', FOREIGN_PAGE);
      };
      return {
        expiresAt: () => cookies.read(request),
        async begin(adminKey) {
          refuseForeignPages();
          await signIns(request, reply);
          if (!isAdminKey(Buffer.from(adminKey, 'utf8'))) {
            throw new AppError('UNAUTHORIZED', 'Wrong admin key.');
          }
          return await cookies.begin(reply);
        },
        end() {
          refuseForeignPages();
          cookies.end(reply);
        },
      };
    },
  };
}

/**
 * Whether a page of this server or of another origin sent a request; unknown if the request does not say. `Sec-Fetch-Site` decides if present, because no page can set it. Browsers omit it for plain HTTP to
 * another machine; then `Origin` must be this server's.
 *
 * @param publicOrigin public origin of this server, which a proxy may hide from the request
 */
function originOf(request: FastifyRequest, publicOrigin: string): 'same' | 'other' | 'unknown' {
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
function mayUseCookie(request: FastifyRequest, publicOrigin: string): boolean {
  const origin = originOf(request, publicOrigin);
  return (
    origin === 'same' || (origin === 'unknown' && (request.method === 'GET' || request.method === 'HEAD'))
  );
}
