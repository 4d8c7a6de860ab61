import type { AppRouter } from '@defrag/api/router';
import type {
  inferRouterInputs,
  inferRouterOutputs,
  TRPCBuiltRouter,
  TRPCDecorateCreateRouterOptions,
  TRPCMutationProcedure,
  TRPCQueryProcedure,
  TRPCSubscriptionProcedure,
} from '@trpc/server';

/** The procedures without the server's own parts: its context and their metadata. */
type ForClients<T> =
  T extends TRPCQueryProcedure<infer D>
    ? TRPCQueryProcedure<{ input: D['input']; output: D['output']; meta: object }>
    : T extends TRPCMutationProcedure<infer D>
      ? TRPCMutationProcedure<{ input: D['input']; output: D['output']; meta: object }>
      : T extends TRPCSubscriptionProcedure<infer D>
        ? TRPCSubscriptionProcedure<{ input: D['input']; output: Items<D['output']>; meta: object }>
        : { [Name in keyof T]: ForClients<T[Name]> };

type Items<T> =
  T extends AsyncIterable<{ id: infer Id; data: infer Data }>
    ? AsyncIterable<{ id: Id; data: Data }, void>
    : never;

// This module is imported for its types only and never runs. Because the compiler infers the types of these two constants,
// it writes them out in the declarations in full: so the published types need neither the server nor its libraries.
declare function forClients<T>(): ForClients<T>;
declare function inFull<T>(): { [K in keyof T]: T[K] extends object ? { [L in keyof T[K]]: T[K][L] } : T[K] };
/** @public The compiler needs its export to write the type out. */
export const procedures = forClients<AppRouter['_def']['record']>();
/** @public See {@link procedures}. */
export const errorShape = inFull<AppRouter['_def']['_config']['$types']['errorShape']>();

/** The `error` of a tRPC response. `data.error_code` is what to branch on; `data.issues` names each invalid field. */
export type DefragErrorShape = typeof errorShape;

/** Code of an error response. */
export type ErrorCode = DefragErrorShape['data']['error_code'];

/** The API's router as its callers see it: for tRPC's own utilities, such as those for React. */
export type DefragRouter = TRPCBuiltRouter<
  { ctx: object; meta: object; errorShape: DefragErrorShape; transformer: false },
  TRPCDecorateCreateRouterOptions<typeof procedures>
>;

/** Inputs by procedure: `RouterInputs['admin']['renderVideo']`. */
export type RouterInputs = inferRouterInputs<DefragRouter>;

/** Responses by procedure: `RouterOutputs['admin']['videos']['list']`. */
export type RouterOutputs = inferRouterOutputs<DefragRouter>;
