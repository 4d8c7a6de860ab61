import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { EngineName } from '@defrag/core';
import cookie from '@fastify/cookie';
import rateLimit from '@fastify/rate-limit';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { AppError } from '../errors.ts';
import type { Services } from '../pipeline/services.ts';
import type { Context } from '../trpc/context.ts';
import { addAdminPages } from './admin/admin-pages.ts';
import { createAdminGate, type RateLimits } from './auth/admin-gate.ts';
import type { AdminSecrets } from './auth/authenticate.ts';
import { handleClientError, handleError } from './errors/error-handler.ts';
import { addCors } from './headers/cors.ts';
import { addSecurityHeaders } from './headers/security-headers.ts';
import { addHealthRoutes } from './health.ts';
import { addOpenApiRoutes } from './openapi/openapi-routes.ts';
import { preferredWaitSeconds } from './prefer.ts';
import { addRequestLog } from './request-log.ts';
import { addRestRoutes } from './rest/rest-routes.ts';
import { addTrpcRoutes } from './trpc-plugin.ts';
import { addVideoRedirects } from './videos/video-redirects.ts';
import { addVideosRoute } from './videos/videos-route.ts';
import { addLambdaWebhook } from './webhooks/lambda-webhook.ts';
import { watchMethods } from './wrong-methods.ts';

/** What a server is made of. */
export interface AppOptions {
  readonly services: Services;
  /** What this process is set to render with. */
  readonly engine: EngineName;
  readonly auth: AdminSecrets;
  /** What the URLs handed out begin with, without a slash at the end. */
  readonly publicBaseUrl: string;
  /** With what the function on AWS Lambda signs its webhooks; undefined where none are taken. */
  readonly lambdaWebhookSecret?: string | undefined;
  /** Origins whose pages may call the admin routes; `*` for all. */
  readonly corsOrigins: readonly string[];
  /** Root folder of the filesystem store, where its videos are served from here; undefined where they are not. */
  readonly videosDir?: string | undefined;
  /** Folder of the built admin pages; undefined where they are not served. */
  readonly adminDir?: string | undefined;
  /** Whether the X-Forwarded headers of a proxy in front are believed. (Default: false) */
  readonly trustProxy?: boolean | undefined;
  readonly rateLimit?: RateLimits | undefined;
}

/** Bytes. The largest input that the contract knows is a tenth of it. */
const BODY_LIMIT_BYTES = 32 * 1_024;
/** Milliseconds for a request to arrive whole; an answer may take longer. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Characters; a batch of tRPC calls names all its procedures in one part of the address. */
const MAX_PARAM_LENGTH = 1_000;

/**
 * Makes the API server, which does not listen yet: `app.listen` begins, `app.close` ends the open progress streams, waits
 * for the running requests and leaves the services open. More routes may be added before it listens.
 *
 * @throws RangeError when the admin key is empty
 */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { services, publicBaseUrl, videosDir } = options;
  // What a filesystem store leads to is a server like this one.
  const redirectsVideos = videosDir === undefined && services.store.kind === 's3';
  const app = fastify({
    loggerInstance: services.logger as FastifyBaseLogger,
    // One line per request comes from our own hook, without headers and queries.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    trustProxy: options.trustProxy ?? false,
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    genReqId: requestId,
    clientErrorHandler: handleClientError,
    frameworkErrors: (error, request, reply) => {
      handleError(error, request as FastifyRequest, reply);
    },
  });
  app.removeContentTypeParser('text/plain');
  const addWrongMethods = watchMethods(app);
  app.setErrorHandler(handleError);
  app.setNotFoundHandler(() => {
    throw new AppError('NOT_FOUND', 'There is nothing at this address.');
  });
  addSecurityHeaders(app);
  addRequestLog(app);
  await addCors(app, options.corsOrigins);
  await app.register(rateLimit, { global: false });
  await app.register(cookie);

  const shutdown = new AbortController();
  app.addHook('preClose', async () => shutdown.abort());
  const gate = createAdminGate(app, {
    secrets: options.auth,
    limits: options.rateLimit ?? {},
    publicBaseUrl,
  });
  const createContext = async (request: FastifyRequest, reply: FastifyReply): Promise<Context> => ({
    services,
    engine: options.engine,
    isAdmin: await gate.isAdmin(request),
    session: gate.sessionOf(request, reply),
    waitSeconds: preferredWaitSeconds(request.headers['prefer']?.toString()),
    shutdown: shutdown.signal,
    logger: request.log,
  });

  addHealthRoutes(app, services);
  addRestRoutes(app, { gate, createContext });
  await addTrpcRoutes(app, { gate, createContext });
  if (options.lambdaWebhookSecret !== undefined) {
    await addLambdaWebhook(app, { database: services.database, secret: options.lambdaWebhookSecret });
  }
  if (videosDir !== undefined) addVideosRoute(app, videosDir);
  else if (redirectsVideos) addVideoRedirects(app, services.store);
  if (options.adminDir !== undefined) await addAdminPages(app, options.adminDir, { services });
  await addOpenApiRoutes(app, { publicBaseUrl, servesVideos: videosDir !== undefined, redirectsVideos });
  addWrongMethods();
  return app;
}

/** The caller's own id of the request where it is a plain one, so that logs of several systems can be laid side by side. */
function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{1,100}$/.test(given) ? given : randomUUID();
}
