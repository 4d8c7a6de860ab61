import type { FastifyInstance } from 'fastify';
import { AppError } from '../errors.ts';

/**
 * Makes every known URL respond 405 with `Allow` to methods that it does not support. Fastify alone responds 404.
 *
 * Call it before adding the routes, and the returned function after them.
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
      // The CORS plugin handles preflights of all URLs at the wildcard.
      if (url === '*' || others.length === 0) continue;
      const allow = [...methods].sort().join(', ');
      app.route({
        method: others,
        url,
        exposeHeadRoute: false,
        onRequest: async (_request, reply) => {
          reply.header('allow', allow);
          throw new AppError('METHOD_NOT_ALLOWED', `This URL supports ${allow} only.`);
        },
        handler: async () => {},
      });
    }
  };
}
