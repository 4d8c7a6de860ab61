import cors, { type FastifyCorsOptions } from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ADMIN_KEY_HEADER } from '../auth/authenticate.ts';

const PREFLIGHT_MAX_AGE_SECONDS = 7_200;

/** Pages of any origin may read these; they need no key. */
const PUBLIC_PATHS = ['/videos/', '/api/v1/assets/', '/api/v1/openapi.json'];

const PUBLIC_OPTIONS: FastifyCorsOptions = {
  origin: '*',
  methods: ['GET', 'HEAD'],
  allowedHeaders: ['range', 'if-range', 'if-none-match'],
  exposedHeaders: ['accept-ranges', 'content-length', 'content-range', 'etag', 'last-modified'],
  maxAge: PREFLIGHT_MAX_AGE_SECONDS,
  strictPreflight: false,
};

/**
 * Lets pages of all origins read public responses, and pages of `origins` read admin responses. The latter need the key as well,
 * because session cookies work only for pages of this server.
 *
 * @param origins such as `https://admin.example.com`; `*` for all
 */
export async function addCors(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  const adminOptions: FastifyCorsOptions = {
    origin: origins.length === 0 ? false : [...origins],
    methods: ['GET', 'HEAD', 'POST', 'DELETE'],
    allowedHeaders: [
      ADMIN_KEY_HEADER,
      'authorization',
      'content-type',
      'prefer',
      'last-event-id',
      'trpc-accept',
      'x-request-id',
    ],
    exposedHeaders: ['preference-applied', 'retry-after', 'x-request-id'],
    maxAge: PREFLIGHT_MAX_AGE_SECONDS,
    strictPreflight: false,
  };
  await app.register(cors, {
    delegator: async (request: FastifyRequest) =>
      PUBLIC_PATHS.some((path) => request.url.startsWith(path)) ? PUBLIC_OPTIONS : adminOptions,
  });
}
