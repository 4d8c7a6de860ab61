import type { OpenApiMeta } from 'trpc-to-openapi';
import type { ZodType } from 'zod';
import type { AppErrorCode } from '../errors.ts';

/** What a procedure says about itself besides its schemas. */
export interface Meta extends OpenApiMeta {
  /** For procedures without a REST route; the others have it in `openapi`. */
  readonly summary?: string;
  /** Errors of its own. Those that follow from what it is (admin, input, body) are added by themselves. */
  readonly errors?: readonly AppErrorCode[];
  /** Status QUEUED is sent as 202, and `Prefer: wait=N` is honoured. */
  readonly queues?: true;
  /** Schema of the items of a subscription. */
  readonly yields?: ZodType;
}

type Method = 'GET' | 'POST' | 'DELETE';

/**
 * The metadata of a procedure with a REST route.
 *
 * @param route such as `GET /videos/{hash}`, below `/api/v1`
 */
export function rest(
  route: `${Method} /${string}`,
  about: { id: string; tag: string; summary: string; description?: string } & Omit<
    Meta,
    'openapi' | 'summary'
  >,
): Meta {
  const { id, tag, summary, description, ...meta } = about;
  const [method, path] = route.split(' ') as [Method, `/${string}`];
  return {
    ...meta,
    openapi: {
      method,
      path: `/api/v1${path}`,
      operationId: id,
      tags: [tag],
      summary,
      ...(description === undefined ? {} : { description }),
      protect: path.startsWith('/admin/'),
    },
  };
}
