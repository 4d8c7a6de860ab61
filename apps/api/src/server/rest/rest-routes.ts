import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../trpc/context.ts';
import { procedures } from '../../trpc/procedures.ts';
import { appRouter } from '../../trpc/router.ts';
import type { AdminGate } from '../auth/admin-gate.ts';
import { queuedAnswer } from '../queued-answer.ts';
import { createQueryReader, readRestInput } from './rest-input.ts';

interface RouteOptions {
  readonly gate: AdminGate;
  createContext(request: FastifyRequest, reply: FastifyReply): Promise<Context>;
}

/**
 * Adds one REST route for each procedure that names one in its `meta.openapi`. The procedure does all the work; here its
 * input is read out of the request and its answer written as plain JSON.
 */
export function addRestRoutes(app: FastifyInstance, { gate, createContext }: RouteOptions): void {
  for (const { path, meta, input } of procedures.values()) {
    const { openapi } = meta;
    if (openapi === undefined) continue;
    if (input === undefined) throw new TypeError(`${path} has a route and lacks a schema.`);
    const readQuery = createQueryReader(input);
    const isForAdmins = openapi.protect !== false;

    app.route({
      method: openapi.method,
      url: openapi.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      ...(isForAdmins ? { onRequest: (request, reply) => gate.check(request, reply) } : {}),
      handler: async (request, reply) => {
        const context = await createContext(request, reply);
        const caller = appRouter.createCaller(context, { signal: signalOf(reply) });
        const answer = await procedureOf(caller, path)(readRestInput(request, readQuery));
        const { status = 200, headers } = queuedAnswer([path], [answer], context);
        if (headers !== undefined) reply.headers(Object.fromEntries(headers));
        return reply
          .code(status)
          .header('cache-control', isForAdmins ? 'no-store' : 'no-cache')
          .send(answer);
      },
    });
  }
}

/** Aborted when the caller hangs up before the answer. */
function signalOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => controller.abort());
  return controller.signal;
}

type Call = (input: unknown) => Promise<unknown>;

function procedureOf(caller: unknown, path: string): Call {
  return path.split('.').reduce((group, name) => (group as Record<string, unknown>)[name], caller) as Call;
}
