import { sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../errors.ts';
import type { Services } from '../../pipeline/services.ts';
import { adminPagePolicy } from './page-policy.ts';

const PREFIX = '/admin';

/** Files in this folder of a build carry a digest of their content in their names. */
const HASHED_FOLDER = `${sep}assets${sep}`;
const CACHE_FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * Serves the built admin app at `/admin/`. An address below it that is no file gets the page, for the app's own router, when a
 * browser navigates there; to everything else it is not there. `/` leads browsers to the app.
 *
 * @param adminDir folder with `index.html` and `assets`, read once: a new build needs a new start
 */
export async function addAdminPages(
  app: FastifyInstance,
  adminDir: string,
  { services }: { services: Services },
): Promise<void> {
  const policy = adminPagePolicy(services.store.browserOrigins);

  await app.register(
    async (scope) => {
      scope.addHook('onRequest', async (request, reply) => {
        reply.headers({
          'content-security-policy': policy,
          'cross-origin-opener-policy': 'same-origin',
        });
        // The page's own addresses are relative to the folder.
        if (request.url.split('?', 1)[0] === PREFIX) return toPages(reply);
        return undefined;
      });
      scope.setNotFoundHandler((request, reply) => {
        if (!isNavigation(request)) throw notFound();
        return reply.sendFile('index.html');
      });
      await scope.register(fastifyStatic, {
        root: adminDir,
        // One route for each file that there is, so that no other address reaches the disk.
        wildcard: false,
        globIgnore: ['**/*.br', '**/*.gz', '**/*.map'],
        preCompressed: true,
        cacheControl: false,
        setHeaders: (reply, path) => {
          reply.header('cache-control', path.includes(HASHED_FOLDER) ? CACHE_FOR_EVER : 'no-cache');
        },
      });
    },
    { prefix: PREFIX },
  );

  app.get('/', async (request, reply) => {
    if (!isNavigation(request)) throw notFound();
    return toPages(reply);
  });
}

function toPages(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-cache').redirect(`${PREFIX}/`);
}

/** A browser that goes to an address, and not one that fetches a script or data for a page. */
function isNavigation({ method, headers }: FastifyRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const mode = headers['sec-fetch-mode'];
  if (mode !== undefined && mode !== 'navigate') return false;
  return headers.accept?.includes('text/html') === true;
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', 'There is nothing at this address.');
}
