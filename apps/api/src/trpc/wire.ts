import { type EngineName, EngineNameSchema } from '@defrag/core';

type SnakeCase<Name> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : Name;

type WireValue<Value> = Value extends Date ? string : Value;

/**
 * A database row in a response: names in snake_case, instants in ISO 8601. The procedure's output schema keeps its own fields and
 * drops all others.
 */
export function toWire<Row extends object>(row: Row) {
  const fields = Object.entries(row).map(([name, value]) => [
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value instanceof Date ? value.toISOString() : value,
  ]);
  return Object.fromEntries(fields) as { [Name in keyof Row as SnakeCase<Name>]: WireValue<Row[Name]> };
}

/** An engine's name in a response; null for an engine that only a newer release knows. */
export function engineName(engine: string | null): EngineName | null {
  return EngineNameSchema.nullable().catch(null).parse(engine);
}
