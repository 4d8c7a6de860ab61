import type { FastifyInstance } from 'fastify';

/**
 * Sends the request's id back, and logs one line per answered request. Headers, bodies and queries are left out: they hold
 * keys and inputs.
 */
export function addRequestLog(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        path: request.url.split('?', 1)[0],
        status: reply.statusCode,
        duration_ms: Math.round(reply.elapsedTime),
        remote_address: request.ip,
      },
      'request',
    );
  });
}
