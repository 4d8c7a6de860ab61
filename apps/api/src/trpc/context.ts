import type { EngineName } from '@defrag/core';
import type { FastifyBaseLogger } from 'fastify';
import type { Services } from '../pipeline/services.ts';

/** The caller: a holder of the admin key, the cron secret or a session; or anonymous. */
export type Principal = 'admin' | 'anonymous';

export interface SessionAccess {
  /** When it expires; undefined if there is no valid one. */
  expiresAt(): Promise<Date | undefined>;
  /**
   * Starts a session: the response sets its cookie.
   *
   * @returns when it expires
   * @throws AppError UNAUTHORIZED for a wrong key, FORBIDDEN for a page of another origin, TOO_MANY_REQUESTS
   */
  begin(adminKey: string): Promise<Date>;
  /**
   * Ends the session: the response clears its cookie.
   *
   * @throws AppError FORBIDDEN for a page of another origin
   */
  end(): void;
}

export interface Context {
  readonly services: Services;
  readonly engine: EngineName;
  readonly principal: Principal;
  readonly session: SessionAccess;
  /** Seconds that the caller waits for a result (`Prefer: wait=N`); undefined if the request does not say. */
  readonly waitSeconds: number | undefined;
  readonly shutdown: AbortSignal;
  readonly logger: FastifyBaseLogger;
}
