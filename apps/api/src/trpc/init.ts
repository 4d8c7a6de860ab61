import { initTRPC } from '@trpc/server';
import { AppError } from '../errors.ts';
import type { Context } from './context.ts';
import { formatError } from './errors/error-formatter.ts';
import type { Meta } from './meta.ts';

/** Milliseconds between two signs of life on an idle subscription, so that no proxy takes it for dead. */
const PING_INTERVAL_MS = 10_000;
/** Milliseconds of silence after which a client connects anew. */
const RECONNECT_AFTER_MS = 30_000;

const trpc = initTRPC
  .context<Context>()
  .meta<Meta>()
  .create({
    isDev: false,
    errorFormatter: formatError,
    sse: {
      ping: { enabled: true, intervalMs: PING_INTERVAL_MS },
      client: { reconnectAfterInactivityMs: RECONNECT_AFTER_MS },
    },
  });

/** Groups procedures under names. */
export const createRouter = trpc.router;

/** A procedure for everybody. */
export const publicProcedure = trpc.procedure;

/** A procedure for holders of the admin key or the cron secret; to all others it answers UNAUTHORIZED before it reads the input. */
export const adminProcedure = trpc.procedure.use(({ ctx, next }) => {
  if (!ctx.isAdmin) throw new AppError('UNAUTHORIZED', 'This needs the admin key or the cron secret.');
  return next();
});
