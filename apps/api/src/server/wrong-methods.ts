import type { FastifyInstance } from 'fastify';
import { AppError } from '../errors.ts';

/**
 * Lets every address that is known answer 405 with `Allow` to the methods it does not take; Fastify alone would say 404.
 *
 * Call it before the routes are added, and what it returns after them.
 */
export function watchMethods(app: FastifyInstance): () => void {
  const methodsByUrl = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = methodsByUrl.get(url) ?? new Set();
    for (const each of [method].flat()) methods.add(each.toUpperCase());
    methodsByUrl.set(url, methods);
  });

  return () => {
    for (const [url, methods] of [...methodsByUrl]) {
      const others = app.supportedMethods.filter((method) => !methods.has(method));
      // The wildcard is where the CORS plugin takes preflights for all addresses.
      if (url === '*' || others.length === 0) continue;
      const allow = [...methods].sort().join(', ');
      app.route({
        method: others,
        url,
        exposeHeadRoute: false,
        onRequest: async (_request, reply) => {
          reply.header('allow', allow);
          throw new AppError('METHOD_NOT_ALLOWED', `This address takes ${allow} only.`);
        },
        handler: async () => {},
      });
    }
  };
}
