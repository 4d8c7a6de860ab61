/** The parts of a JSON schema that decide its example. */
export interface Schema {
  readonly $ref?: string;
  readonly example?: unknown;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/**
 * Composes the example of a schema from the examples of its fields. A field without one gets its simplest value: null, false, 0
 * or the first of its choices.
 *
 * @param schemas the shared schemas, by name
 * @param use of a request, optional fields without an example are left out
 * @throws TypeError for a string without an example
 */
export function exampleOf(
  schema: Schema,
  schemas: Readonly<Record<string, unknown>>,
  use: 'request' | 'response',
): unknown {
  if ('example' in schema) return schema.example;
  const { $ref, properties = {}, required = [] } = schema;
  const of = (part: Schema) => exampleOf(part, schemas, use);
  if ($ref !== undefined) return of(schemas[$ref.slice($ref.lastIndexOf('/') + 1)] as Schema);
  if (schema.enum !== undefined) return schema.enum[0];
  const types = [schema.type].flat();
  if (types.includes('null')) return null;
  if (schema.anyOf !== undefined) {
    const known = schema.anyOf.find((variant) => 'example' in variant || '$ref' in variant);
    return known === undefined ? null : of(known);
  }
  if (types.includes('array')) return [of(schema.items ?? {})];
  if (types.includes('object')) {
    const shown = Object.entries(properties).filter(
      ([name, property]) => use === 'response' || required.includes(name) || 'example' in property,
    );
    return Object.fromEntries(shown.map(([name, property]) => [name, of(property)]));
  }
  if (types.includes('boolean')) return false;
  if (types.includes('integer') || types.includes('number')) return 0;
  throw new TypeError(`A field has no example: ${JSON.stringify(schema)}`);
}
