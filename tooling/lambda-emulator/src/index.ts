export { type LambdaEmulator, startLambdaEmulator } from './lambda-emulator.ts';
export type { Invocation } from './run-invocation.ts';
export { whyNotIsolated } from './runtime/isolation.ts';
