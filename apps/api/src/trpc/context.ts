import type { EngineName } from '@defrag/core';
import type { FastifyBaseLogger } from 'fastify';
import type { Services } from '../pipeline/services.ts';

/** The session of the browser that makes a request. */
export interface SessionAccess {
  /** When it ends; undefined without a valid one. */
  expiresAt(): Promise<Date | undefined>;
  /**
   * Begins one: the answer carries its cookie.
   *
   * @returns when it ends
   * @throws AppError UNAUTHORIZED for a wrong key, FORBIDDEN for a page of another origin, TOO_MANY_REQUESTS
   */
  begin(adminKey: string): Promise<Date>;
  /**
   * Ends it: the answer takes the cookie away.
   *
   * @throws AppError FORBIDDEN for a page of another origin
   */
  end(): void;
}

/** What every procedure gets with a request. */
export interface Context {
  readonly services: Services;
  /** What this process is set to render with. */
  readonly engine: EngineName;
  /** Whether the request carried the admin key, the cron secret or the cookie of a session that may be used here. */
  readonly isAdmin: boolean;
  readonly session: SessionAccess;
  /** Seconds that the caller is willing to wait (`Prefer: wait=N`); undefined when the request did not say. */
  readonly waitSeconds: number | undefined;
  /** Aborted when the server stops. */
  readonly shutdown: AbortSignal;
  readonly logger: FastifyBaseLogger;
}
