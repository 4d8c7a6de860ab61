import { sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../../errors.ts';

const PREFIX = '/admin';

/** The names of the files in this folder contain a digest of their content. */
const HASHED_FOLDER = `${sep}assets${sep}`;
const CACHE_FOREVER = 'public, max-age=31536000, immutable';

/**
 * Serves the built admin app at `/admin/`. A URL below it that is not a file returns the page, for the app's router, if a browser
 * navigates there, else 404. `/` redirects browsers to the app.
 *
 * @param adminDir folder with `index.html` and `assets`, read once: restart the server after a new build
 * @param videoOrigins origins of the store's videos, including those of redirects
 */
export async function addAdminPages(
  app: FastifyInstance,
  adminDir: string,
  videoOrigins: readonly string[],
): Promise<void> {
  const policy = pagePolicy(videoOrigins);

  await app.register(
    async (scope) => {
      scope.addHook('onRequest', async (request, reply) => {
        reply.headers({
          'content-security-policy': policy,
          'cross-origin-opener-policy': 'same-origin',
        });
        // The page's own URLs are relative to the folder.
        if (request.url.split('?', 1)[0] === PREFIX) return toPages(reply);
        return undefined;
      });
      scope.setNotFoundHandler((request, reply) => {
        if (!isNavigation(request)) throw notFound();
        return reply.sendFile('index.html');
      });
      await scope.register(fastifyStatic, {
        root: adminDir,
        // One route per existing file, so that no other URL reaches the disk.
        wildcard: false,
        globIgnore: ['**/*.br', '**/*.gz', '**/*.map'],
        preCompressed: true,
        cacheControl: false,
        setHeaders: (reply, path) => {
          reply.header('cache-control', path.includes(HASHED_FOLDER) ? CACHE_FOREVER : 'no-cache');
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

/** Whether a browser opens this URL as a page, rather than fetching a script or data for one. */
function isNavigation({ method, headers }: FastifyRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false;
  const mode = headers['sec-fetch-mode'];
  if (mode !== undefined && mode !== 'navigate') return false;
  return headers.accept?.includes('text/html') === true;
}

function notFound(): AppError {
  return new AppError('NOT_FOUND', 'Not found.');
}

/**
 * The content security policy of the admin pages. Scripts come from this server only; inline scripts and `eval` are blocked.
 * CanvasKit needs WebAssembly, and component libraries set inline styles.
 */
function pagePolicy(videoOrigins: readonly string[]): string {
  const videos = videoOrigins.join(' ');
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob: ${videos}`,
    `media-src 'self' blob: ${videos}`,
    `connect-src 'self' blob: data: ${videos}`,
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
