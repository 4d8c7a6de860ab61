import type { OpenApiMeta } from 'trpc-to-openapi';
import type { ZodType } from 'zod';

/** What a procedure says about itself besides its schemas. */
export interface Meta extends OpenApiMeta {
  /** What it does, where `openapi` does not say it. */
  readonly summary?: string;
  /** The answer's status QUEUED is sent as 202, and `Prefer: wait=N` is heard. */
  readonly queues?: true;
  /** Of a subscription: the schema of its items. */
  readonly yields?: ZodType;
}
