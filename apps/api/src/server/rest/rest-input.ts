import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

/** Converts the strings of a query to the types of a schema's fields. */
export type QueryReader = (query: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/**
 * Creates the reader for a schema. A string becomes a number or a boolean if the schema expects one and the string is one in
 * plain notation. Everything else stays as it is, and the schema refuses it.
 */
export function createQueryReader(schema: z.ZodType): QueryReader {
  const { properties = {} } = resolveRoot(z.toJSONSchema(schema, { io: 'input' }));
  return (query) =>
    Object.fromEntries(
      Object.entries(query).map(([name, value]) => {
        const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
        return [name, typeof property === 'object' ? readText(value, property.type) : value];
      }),
    );
}

/** The JSON schema of a schema with an id is a reference to its own definition. */
function resolveRoot(schema: z.core.JSONSchema.BaseSchema): z.core.JSONSchema.BaseSchema {
  const name = schema.$ref?.replace('#/$defs/', '');
  return (name === undefined ? undefined : schema.$defs?.[name]) ?? schema;
}

function readText(value: unknown, type: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (type === 'integer' && /^-?\d{1,15}$/.test(value)) return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

/** The input of a procedure from a REST request: the body or the query, overridden by the path parameters. */
export function readRestInput(request: FastifyRequest, readQuery: QueryReader): unknown {
  const params = request.params as Record<string, unknown>;
  if (request.method === 'GET' || request.method === 'HEAD') {
    return { ...readQuery(request.query as Record<string, unknown>), ...params };
  }
  const { body } = request;
  if (Object.keys(params).length === 0) return body;
  if (body === undefined || (typeof body === 'object' && body !== null && !Array.isArray(body))) {
    return { ...body, ...params };
  }
  return body;
}
