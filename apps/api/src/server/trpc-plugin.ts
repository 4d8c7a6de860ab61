import { fastifyRequestHandler } from '@trpc/server/adapters/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '../errors.ts';
import type { Context } from '../trpc/context.ts';
import { errorShape } from '../trpc/errors/error-shape.ts';
import { toAppError } from '../trpc/errors/to-app-error.ts';
import { isForAdmins } from '../trpc/procedures.ts';
import { type AppRouter, appRouter } from '../trpc/router.ts';
import type { AdminGate } from './auth/admin-gate.ts';
import { logError, prepareErrorReply } from './errors/error-handler.ts';
import { queuedAnswer } from './prefer.ts';

const MAX_BATCH_SIZE = 20;
/** Procedure names, separated by commas in a batch. tRPC decodes the path once more, so nothing else may reach it. */
const PATH_PATTERN = /^[A-Za-z0-9.,]+$/;

export interface ProcedureParts {
  readonly gate: AdminGate;
  createContext(request: FastifyRequest, reply: FastifyReply): Context;
}

/**
 * tRPC over HTTP at `/trpc/{procedure}`. This replaces the adapter's own plugin, which accepts multipart bodies of any size and
 * leaves errors outside a procedure in Fastify's shape.
 */
export async function addTrpcRoutes(
  app: FastifyInstance,
  { gate, createContext }: ProcedureParts,
): Promise<void> {
  await app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    // tRPC parses the JSON itself.
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );

    scope.setErrorHandler((error, request, reply) => {
      const appError = toAppError(error);
      logError(request, appError, error);
      return prepareErrorReply(reply, appError).send({ error: errorShape(appError, undefined) });
    });

    scope.addHook('onRequest', async (request: FastifyRequest, reply) => {
      reply.header('cache-control', 'no-store');
      const path = pathOf(request);
      if (!PATH_PATTERN.test(path)) throw new AppError('NOT_FOUND', 'There is no such procedure.');
      if (path.split(',').some(isForAdmins)) await gate.admit(request, reply);
    });

    scope.all('/trpc/:path', (request, reply) =>
      fastifyRequestHandler<AppRouter, FastifyRequest, FastifyReply>({
        router: appRouter,
        path: pathOf(request),
        req: request,
        res: reply,
        maxBatchSize: MAX_BATCH_SIZE,
        createContext: () => createContext(request, reply),
        onError: ({ error, req }) => logError(req, toAppError(error), error),
        responseMeta: ({ ctx, data, paths, errors }) => {
          const answers = data.map((each) => ('result' in each ? each.result.data : undefined));
          const { status, headers = new Headers() } = queuedAnswer(paths ?? [], answers, ctx);
          // tRPC's header replaces the one that CORS set.
          headers.append('vary', 'Origin');
          const [first] = errors;
          const refusal = first === undefined || errors.length !== 1 ? undefined : toAppError(first);
          if (refusal !== undefined) prepareErrorReply(reply, refusal);
          return status === undefined ? { headers } : { status, headers };
        },
      }),
    );
    done();
  });
}

function pathOf(request: FastifyRequest): string {
  return (request.params as { path: string }).path;
}
