export type { FaultKind, FaultTarget, LambdaFaults } from './faults.ts';
export type { Invocation, InvocationMode, InvocationOutcome } from './invocation.ts';
export { type LambdaEmulator, type LambdaEmulatorOptions, startLambdaEmulator } from './lambda-emulator.ts';
export { whyNotIsolated } from './runtime/isolation.ts';
