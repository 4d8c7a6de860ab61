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
import { addVideoRedirects, addVideosRoute } from './videos/videos-route.ts';
import { addLambdaWebhook } from './webhooks/lambda-webhook.ts';
import { watchMethods } from './wrong-methods.ts';

export interface AppOptions {
  readonly services: Services;
  readonly engine: EngineName;
  readonly auth: AdminSecrets;
  /** Base of the URLs in responses, without a trailing slash. */
  readonly publicBaseUrl: string;
  /** Secret of the webhooks of AWS Lambda; undefined if none are accepted. */
  readonly lambdaWebhookSecret?: string | undefined;
  /** Origins whose pages may call the admin routes; `*` for all. */
  readonly corsOrigins: readonly string[];
  /** Root folder of the filesystem store if this server serves its videos. */
  readonly videosDir?: string | undefined;
  readonly adminDir?: string | undefined;
  /** Whether to trust the X-Forwarded headers of a proxy. (Default: false) */
  readonly trustProxy?: boolean | undefined;
  readonly rateLimit?: RateLimits | undefined;
}

/** Bytes: ten times the largest valid input. */
const BODY_LIMIT_BYTES = 32 * 1_024;
/** Milliseconds in which a request must arrive; its response may take longer. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Characters: a batch of tRPC calls names all its procedures in one path segment. */
const MAX_PARAM_LENGTH = 1_000;

/**
 * Creates the API server without listening. `app.close` ends the open progress streams, waits for the running requests and
 * leaves the services open.
 *
 * @throws RangeError when the admin key is empty
 */
export async function createApp(options: AppOptions): Promise<FastifyInstance> {
  const { services, publicBaseUrl, videosDir } = options;
  // The URLs of a filesystem store already point to a server like this one.
  const redirectsVideos = videosDir === undefined && services.store.kind === 's3';
  const app = fastify({
    loggerInstance: services.logger as FastifyBaseLogger,
    // Our own hook logs one line per request, without headers and queries.
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
    throw new AppError('NOT_FOUND', 'Not found.');
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
  const createContext = (request: FastifyRequest, reply: FastifyReply): Context => ({
    services,
    engine: options.engine,
    principal: request.principal,
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
  if (options.adminDir !== undefined)
    await addAdminPages(app, options.adminDir, services.store.browserOrigins);
  await addOpenApiRoutes(app, { publicBaseUrl, servesVideos: videosDir !== undefined, redirectsVideos });
  addWrongMethods();
  return app;
}

/** The caller's request id if it is a plain one, so that the logs of several systems can be compared. */
function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{1,100}$/.test(given) ? given : randomUUID();
}
