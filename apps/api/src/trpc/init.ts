import { initTRPC } from '@trpc/server';
import { AppError } from '../errors.ts';
import type { Context } from './context.ts';
import { errorShape } from './errors/error-shape.ts';
import type { Meta } from './meta.ts';

/** Milliseconds between pings on an idle subscription, so that no proxy closes it. */
const PING_INTERVAL_MS = 10_000;
/** Milliseconds of silence after which a client reconnects. */
const RECONNECT_AFTER_MS = 30_000;

const trpc = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    isDev: false,
    errorFormatter: ({ error, path }) => errorShape(error, path),
    sse: {
      ping: { enabled: true, intervalMs: PING_INTERVAL_MS },
      client: { reconnectAfterInactivityMs: RECONNECT_AFTER_MS },
    },
  });

export const createRouter = trpc.router;

export const publicProcedure = trpc.procedure;

/** A procedure for admins. It refuses everybody else before it reads the input. */
export const adminProcedure = trpc.procedure.use(({ ctx, next }) => {
  if (ctx.principal !== 'admin') throw unauthorized();
  return next();
});

export function unauthorized(): AppError {
  return new AppError('UNAUTHORIZED', 'Send the admin key, the cron secret or a session cookie.');
}
