/** The typed client of the Defrag Video API, for other services and for browsers. */

export { createDefragClient, type DefragClient, type DefragClientOptions, waitFor } from './client.ts';
export type * from './contract.ts';
export type { DefragErrorData, DefragErrorShape } from './error-shape.ts';
export { type DefragError, isDefragError } from './errors.ts';
export type { DefragRouter, RouterInputs, RouterOutputs } from './router.ts';
