import type { OpenApiMeta } from 'trpc-to-openapi';
import type { ZodType } from 'zod';
import type { AppErrorCode } from '../errors.ts';

/** A procedure's metadata besides its schemas. */
export interface Meta extends OpenApiMeta {
  /** For procedures without a REST route; the others have it in `openapi`. */
  readonly summary?: string;
  /** Its specific errors; the common ones (admin, input, body) are added automatically. */
  readonly errors?: readonly AppErrorCode[];
  /** Status QUEUED is sent as 202, and `Prefer: wait=N` is honoured. */
  readonly queues?: true;
  readonly yields?: ZodType;
}

type Method = 'GET' | 'POST' | 'DELETE';

/**
 * Makes the function that describes a procedure with a REST route.
 *
 * @returns takes the route, such as `GET /videos/{hash}` below `/api/v1`, the operation id and the summary
 */
export function restWithTag(tag: string) {
  return (
    route: `${Method} /${string}`,
    operationId: string,
    summary: string,
    { description, ...meta }: Omit<Meta, 'openapi' | 'summary'> & { description?: string } = {},
  ): Meta => {
    const [method, path] = route.split(' ') as [Method, `/${string}`];
    const openapi = { method, path: `/api/v1${path}` as const, operationId, tags: [tag], summary };
    const protect = path.startsWith('/admin/');
    return { ...meta, openapi: { ...openapi, ...(description && { description }), protect } };
  };
}
