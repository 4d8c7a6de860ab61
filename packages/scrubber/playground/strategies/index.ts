export { coalesced } from './coalesced.ts';
export { naive } from './naive.ts';
export type { ScrubStrategy, ScrubStrategyController } from './strategy.ts';
