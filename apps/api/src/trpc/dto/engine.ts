import { type EngineName, EngineNameSchema } from '@defrag/core';

/** An engine's name on the wire; null for one that only a newer release knows. */
export function engineName(engine: string | null): EngineName | null {
  return EngineNameSchema.nullable().catch(null).parse(engine);
}
