import type { FastifyInstance } from 'fastify';

/**
 * Returns the request id in a header, and logs one line per response. Headers, bodies and queries are not logged: they contain
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
