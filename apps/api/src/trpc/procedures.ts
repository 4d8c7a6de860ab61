import type { AnyProcedure } from '@trpc/server';
import type { ZodType } from 'zod';
import type { Meta } from './meta.ts';
import { appRouter } from './router.ts';

/** What a procedure says about itself. */
export interface ProcedureFacts {
  /** Its name, such as `admin.videos.list`. */
  readonly path: string;
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly meta: Meta;
  /** Undefined where it takes none. */
  readonly input: ZodType | undefined;
  /** Of an answer, or of each item of a subscription. */
  readonly output: ZodType;
}

/** All procedures of the router by name. tRPC keeps them flat, whatever its types say. */
export const procedures: ReadonlyMap<string, ProcedureFacts> = new Map(
  Object.entries(appRouter._def.procedures as unknown as Record<string, AnyProcedure>).map(
    ([path, procedure]) => [path, factsOf(path, procedure)],
  ),
);

function factsOf(path: string, procedure: AnyProcedure): ProcedureFacts {
  const { type, meta, inputs, output } = procedure._def as AnyProcedure['_def'] & {
    meta?: Meta;
    inputs: ZodType[];
    output?: ZodType;
  };
  const [input] = inputs;
  const answer = meta?.yields ?? output;
  if (answer === undefined) throw new TypeError(`${path} lacks a schema.`);
  return { path, type, meta: meta ?? {}, input, output: answer };
}
