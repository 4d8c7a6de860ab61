import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../errors.ts';
import { type AdminSecrets, createAuthenticator } from './authenticate.ts';

/** How many requests one address may make in a minute, counted by each API process for itself. */
export interface RateLimits {
  /** Requests without a valid key. (Default: 30) */
  readonly failedAuthPerMinute?: number | undefined;
  /** Requests with a valid key. (Default: 12000) */
  readonly adminPerMinute?: number | undefined;
}

/** What stands at the door of the admin routes. */
export interface AdminGate {
  isAdmin(request: FastifyRequest): boolean;
  /**
   * Lets holders of a key pass.
   *
   * @throws AppError UNAUTHORIZED, or TOO_MANY_REQUESTS with `Retry-After` set on the reply
   */
  check(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

const MINUTE_MS = 60_000;

/**
 * Makes the gate. An address that has used up its wrong guesses still gets in with the right key: otherwise anybody behind
 * the same proxy could lock the operators out.
 */
export function createAdminGate(app: FastifyInstance, secrets: AdminSecrets, limits: RateLimits): AdminGate {
  const authenticate = createAuthenticator(secrets);
  const failures = app.createRateLimit({ max: limits.failedAuthPerMinute ?? 30, timeWindow: MINUTE_MS });
  const calls = app.createRateLimit({ max: limits.adminPerMinute ?? 12_000, timeWindow: MINUTE_MS });
  const isAdmin = (request: FastifyRequest) => authenticate(request.raw);
  return {
    isAdmin,
    async check(request, reply) {
      const admitted = isAdmin(request);
      const limit = await (admitted ? calls : failures)(request);
      if (!limit.isAllowed && limit.isExceeded) {
        reply.header('retry-after', limit.ttlInSeconds);
        throw new AppError(
          'TOO_MANY_REQUESTS',
          admitted
            ? 'There were too many requests; come back later.'
            : 'There were too many requests without a valid key; come back later.',
        );
      }
      if (!admitted) throw new AppError('UNAUTHORIZED', 'This needs the admin key or the cron secret.');
    },
  };
}
