import type { OpenApiMeta } from 'trpc-to-openapi';
import type { ZodType } from 'zod';

/** What a procedure says about itself besides its schemas. */
export interface Meta extends OpenApiMeta {
  /** The answer's status QUEUED is sent as 202, and `Prefer: wait=N` is heard. */
  readonly queues?: true;
  /** Of a subscription: the schema of its items. */
  readonly yields?: ZodType;
}
