import type { FastifyInstance } from 'fastify';
import type { Services } from '../pipeline/services.ts';

/** Milliseconds after which a part that does not respond counts as unreachable. */
const CHECK_TIMEOUT_MS = 2_000;

/**
 * `/healthz`: the process responds. `/readyz`: the database and the store do too, 503 otherwise. The log says why.
 */
export function addHealthRoutes(app: FastifyInstance, services: Services): void {
  app.get('/healthz', { logLevel: 'warn' }, async (_request, reply) => {
    reply.header('cache-control', 'no-store');
    return { status: 'ok' };
  });

  app.get('/readyz', { logLevel: 'warn' }, async (request, reply) => {
    const answers = async (part: string, check: (signal: AbortSignal) => Promise<void>) => {
      try {
        await withTimeout(check, CHECK_TIMEOUT_MS);
        return true;
      } catch (error) {
        request.log.warn({ part, err: error }, 'not ready');
        return false;
      }
    };
    const [database, store] = await Promise.all([
      answers('database', () => services.database.ping()),
      answers('store', (signal) => services.store.check(signal)),
    ]);
    const ready = database && store;
    reply.code(ready ? 200 : 503).header('cache-control', 'no-store');
    return { status: ready ? 'ready' : 'not ready', database, store };
  });
}

/** Aborts the check on timeout, and does not wait for it: not every check supports its signal. */
async function withTimeout<T>(work: (signal: AbortSignal) => Promise<T>, timeoutMs: number): Promise<T> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const controller = new AbortController();
  const timer = setTimeout(() => {
    const error = new Error(`no response within ${timeoutMs} ms`);
    reject(error);
    controller.abort(error);
  }, timeoutMs);
  try {
    return await Promise.race([work(controller.signal), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
