import apiReference from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';
import { createOpenApiDocument } from './document.ts';

const DOCUMENT_PATH = '/api/v1/openapi.json';
const PAGE_PATH = '/api/v1/docs';

/** The page runs its own scripts and styles, and connects to this server only. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `/api/v1/openapi.json`, and `/api/v1/docs` for people. */
export async function addOpenApiRoutes(
  app: FastifyInstance,
  options: { publicBaseUrl: string; servesVideos: boolean; redirectsVideos: boolean },
): Promise<void> {
  const document = JSON.stringify(createOpenApiDocument(options));
  app.get(DOCUMENT_PATH, async (_request, reply) => {
    reply.header('cache-control', 'no-cache').type('application/json; charset=utf-8');
    return document;
  });

  await app.register(apiReference, {
    routePrefix: PAGE_PATH,
    logLevel: 'warn',
    hooks: {
      onRequest: (_request, reply, done) => {
        reply.header('content-security-policy', PAGE_POLICY).header('cache-control', 'no-cache');
        done();
      },
    },
    configuration: {
      url: DOCUMENT_PATH,
      pageTitle: 'Defrag Video API',
      authentication: { preferredSecurityScheme: 'adminKey' },
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      agent: { disabled: true },
      mcp: { disabled: true },
      showDeveloperTools: 'never',
      darkMode: true,
    },
  });
}
