import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../errors.ts';
import type { SessionAccess } from '../../trpc/context.ts';
import { type AdminSecrets, createAuthenticator, createSecretMatcher } from './authenticate.ts';
import { mayUseCookie, originOf } from './same-origin.ts';
import { createSessionCookies } from './session-cookie.ts';

/** How many requests one address may make in a minute, counted by each API process for itself. */
export interface RateLimits {
  /** Requests without a valid key or session. (Default: 30) */
  readonly failedAuthPerMinute?: number | undefined;
  /** Requests with one. (Default: 12000) */
  readonly adminPerMinute?: number | undefined;
  /** Calls of `session.signIn`, with whatever key. (Default: 10) */
  readonly signInPerMinute?: number | undefined;
}

/** What stands at the door of the admin routes. */
export interface AdminGate {
  /** Whether the request carries a key, or the cookie of a session and comes from a page of this server. */
  isAdmin(request: FastifyRequest): Promise<boolean>;
  /**
   * Lets holders of a key or a session pass.
   *
   * @throws AppError UNAUTHORIZED, FORBIDDEN for a session that is used from elsewhere, or TOO_MANY_REQUESTS with
   * `Retry-After` set on the reply
   */
  check(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** The session of a request's browser, for the procedures that begin, read and end it. */
  sessionOf(request: FastifyRequest, reply: FastifyReply): SessionAccess;
}

/** What a request may be taken for. `foreign`: it has the cookie of a session, and does not come from a page of this server. */
type Identity = 'admin' | 'foreign' | 'stranger';

type Limit = ReturnType<FastifyInstance['createRateLimit']>;

const MINUTE_MS = 60_000;

/**
 * Makes the gate. An address that has used up its wrong guesses still gets in with the right key: otherwise anybody behind
 * the same proxy could lock the operators out.
 *
 * @param options.publicBaseUrl decides by its scheme whether the cookie is for HTTPS only, and by its origin what is this server
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
  const limit = (max: number) => app.createRateLimit({ max, timeWindow: MINUTE_MS });
  const failures = limit(limits.failedAuthPerMinute ?? 30);
  const calls = limit(limits.adminPerMinute ?? 12_000);
  const signIns = limit(limits.signInPerMinute ?? 10);

  const identities = new WeakMap<FastifyRequest, Promise<Identity>>();
  const identify = (request: FastifyRequest): Promise<Identity> => {
    const identity = identities.get(request) ?? findIdentity(request);
    identities.set(request, identity);
    return identity;
  };
  const findIdentity = async (request: FastifyRequest): Promise<Identity> => {
    if (hasKey(request.raw)) return 'admin';
    if ((await cookies.read(request)) === undefined) return 'stranger';
    return mayUseCookie(request, publicOrigin) ? 'admin' : 'foreign';
  };

  return {
    isAdmin: async (request) => (await identify(request)) === 'admin',

    async check(request, reply) {
      const identity = await identify(request);
      if (identity === 'admin') {
        await count(calls, { request, reply, message: 'There were too many requests; come back later.' });
        return;
      }
      await count(failures, {
        request,
        reply,
        message: 'There were too many requests without a valid key; come back later.',
      });
      if (identity === 'foreign') throw foreignPage();
      throw new AppError('UNAUTHORIZED', 'This needs the admin key or the cron secret.');
    },

    sessionOf(request, reply) {
      const refuseForeignPages = () => {
        if (originOf(request, publicOrigin) === 'other') throw foreignPage();
      };
      return {
        expiresAt: () => cookies.read(request),
        async begin(adminKey) {
          refuseForeignPages();
          const message = 'There were too many attempts to sign in; come back later.';
          await count(signIns, { request, reply, message });
          if (!isAdminKey(Buffer.from(adminKey, 'utf8'))) {
            throw new AppError('UNAUTHORIZED', 'This is not the admin key.');
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

async function count(
  limit: Limit,
  options: { request: FastifyRequest; reply: FastifyReply; message: string },
): Promise<void> {
  const state = await limit(options.request);
  if (state.isAllowed || !state.isExceeded) return;
  options.reply.header('retry-after', state.ttlInSeconds);
  throw new AppError('TOO_MANY_REQUESTS', options.message);
}

function foreignPage(): AppError {
  return new AppError('FORBIDDEN', 'A session may be used by the pages of this server only.');
}
