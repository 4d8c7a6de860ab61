export { createDefragClient, type DefragClient, type DefragClientOptions, waitFor } from './client.ts';
export { type DefragError, isDefragError } from './errors.ts';
export type { DefragErrorShape, DefragRouter, ErrorCode, RouterInputs, RouterOutputs } from './router.ts';
export type * from './types.ts';
