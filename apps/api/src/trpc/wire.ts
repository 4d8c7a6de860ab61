import { type EngineName, EngineNameSchema } from '@defrag/core';

/** An instant in a response: ISO 8601 in UTC. */
export function timestamp(date: Date): string {
  return date.toISOString();
}

export function timestampOrNull(date: Date | null): string | null {
  return date === null ? null : timestamp(date);
}

/** An engine's name in a response; null for an engine that only a newer release knows. */
export function engineName(engine: string | null): EngineName | null {
  return EngineNameSchema.nullable().catch(null).parse(engine);
}
