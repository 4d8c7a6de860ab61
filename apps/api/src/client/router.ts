import type {
  inferRouterInputs,
  inferRouterOutputs,
  TRPCBuiltRouter,
  TRPCDecorateCreateRouterOptions,
} from '@trpc/server';
import type { DefragProcedures } from './contract.ts';
import type { DefragErrorShape } from './error-shape.ts';

/** The API's router as its callers see it: for tRPC's own utilities, such as those for React. */
export type DefragRouter = TRPCBuiltRouter<
  { ctx: object; meta: object; errorShape: DefragErrorShape; transformer: false },
  TRPCDecorateCreateRouterOptions<DefragProcedures>
>;

/** Inputs by procedure: `RouterInputs['admin']['renderVideo']`. */
export type RouterInputs = inferRouterInputs<DefragRouter>;

/** Answers by procedure: `RouterOutputs['admin']['videos']['list']`. */
export type RouterOutputs = inferRouterOutputs<DefragRouter>;
