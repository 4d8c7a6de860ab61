import type { FastifyBaseLogger } from 'fastify';
import type { Services } from '../pipeline/services.ts';

/** What every procedure gets with a request. */
export interface Context {
  readonly services: Services;
  /** Whether the request carried the admin key or the cron secret. */
  readonly isAdmin: boolean;
  /** Seconds that the caller is willing to wait (`Prefer: wait=N`); undefined when the request did not say. */
  readonly waitSeconds: number | undefined;
  /** Aborted when the server stops. */
  readonly shutdown: AbortSignal;
  readonly logger: FastifyBaseLogger;
}
