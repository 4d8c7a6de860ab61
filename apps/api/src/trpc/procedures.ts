import type { AnyProcedure } from '@trpc/server';
import type { ZodType } from 'zod';
import type { Meta } from './meta.ts';
import { appRouter } from './router.ts';

export interface Procedure {
  readonly path: string;
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly meta: Meta;
  readonly input: ZodType | undefined;
  /** Schema of the response, or of each item of a subscription. */
  readonly output: ZodType;
}

/** All procedures by path. At run time tRPC keeps them in a flat record, whatever its types say. */
export const procedures: ReadonlyMap<string, Procedure> = new Map(
  Object.entries(appRouter._def.procedures as unknown as Record<string, AnyProcedure>).map(
    ([path, procedure]) => [path, describe(path, procedure)],
  ),
);

/** Whether a procedure is for admins. Their paths say so, which the tRPC routes rely on before anything is parsed. */
export function isForAdmins(path: string): boolean {
  return path.startsWith('admin.');
}

function describe(path: string, procedure: AnyProcedure): Procedure {
  const { type, meta, inputs, output } = procedure._def as AnyProcedure['_def'] & {
    meta?: Meta;
    inputs: ZodType[];
    output?: ZodType;
  };
  const answer = meta?.yields ?? output;
  if (answer === undefined) throw new TypeError(`${path} has no output schema.`);
  return { path, type, meta: meta ?? {}, input: inputs[0], output: answer };
}
