import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

/** Turns the texts of a query into what a schema's fields are made of. */
export type QueryReader = (query: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/**
 * Makes the reader for a query's schema: a text becomes a number or a boolean where the schema wants one and the text is
 * one, written plainly; everything else stays as it is, for the schema to refuse. The schema itself is not touched.
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

/** A schema with an id is written as a reference to its own definition. */
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

/** The input of a procedure out of a REST request: the body or the query, and the address's own parts over it. */
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
