import type { FastifyInstance } from 'fastify';

/**
 * Headers that keep a browser from doing more with an answer than it is meant for. Answers are data, so nothing of them may
 * run or be framed; routes that serve a page loosen that for themselves.
 */
export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
    });
  });
}
