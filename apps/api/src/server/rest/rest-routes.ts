import type { FastifyInstance, FastifyReply } from 'fastify';
import { isForAdmins, procedures } from '../../trpc/procedures.ts';
import { appRouter } from '../../trpc/router.ts';
import { queuedAnswer } from '../prefer.ts';
import type { ProcedureParts } from '../trpc-plugin.ts';
import { createQueryReader, readRestInput } from './rest-input.ts';

/**
 * Adds a REST route for each procedure that has one in its `meta.openapi`. It reads the procedure's input from the request and
 * sends its result as plain JSON.
 */
export function addRestRoutes(app: FastifyInstance, { gate, createContext }: ProcedureParts): void {
  for (const { path, meta, input } of procedures.values()) {
    const { openapi } = meta;
    if (openapi === undefined) continue;
    if (input === undefined) throw new TypeError(`${path} has a REST route but no input schema.`);
    const readQuery = createQueryReader(input);
    const forAdmins = isForAdmins(path);

    app.route({
      method: openapi.method,
      url: openapi.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      ...(forAdmins ? { onRequest: gate.admit } : {}),
      handler: async (request, reply) => {
        const context = createContext(request, reply);
        const caller = appRouter.createCaller(context, { signal: signalOf(reply) });
        const answer = await procedureOf(caller, path)(readRestInput(request, readQuery));
        const { status = 200, headers } = queuedAnswer([path], [answer], context);
        if (headers !== undefined) reply.headers(Object.fromEntries(headers));
        return reply
          .code(status)
          .header('cache-control', forAdmins ? 'no-store' : 'no-cache')
          .send(answer);
      },
    });
  }
}

/** Aborted when the connection closes before the response. */
function signalOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => controller.abort());
  return controller.signal;
}

type Call = (input: unknown) => Promise<unknown>;

function procedureOf(caller: unknown, path: string): Call {
  return path.split('.').reduce((group, name) => (group as Record<string, unknown>)[name], caller) as Call;
}
