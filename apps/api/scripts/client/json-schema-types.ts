import type { z } from 'zod';

type JsonSchema = z.core.JSONSchema.JSONSchema;
type Node = JsonSchema | boolean;

/** TypeScript of a JSON schema, as far as the contracts use them. @throws TypeError for anything else */
export function typeOf(schema: Node, indent = ''): string {
  if (typeof schema === 'boolean') throw new TypeError('A schema that is true or false has no type.');
  if (schema.$ref !== undefined) return schema.$ref.replace('#/$defs/', '');
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ');
  if (schema.anyOf !== undefined) return schema.anyOf.map((each) => typeOf(each, indent)).join(' | ');
  if (Array.isArray(schema.type)) {
    return schema.type.map((type) => typeOf({ ...schema, type } as JsonSchema, indent)).join(' | ');
  }
  switch (schema.type) {
    case 'string':
    case 'boolean':
    case 'null':
    case 'number':
      return schema.type;
    case 'integer':
      return 'number';
    case 'array':
      return arrayOf(typeOf(schema.items as Node, indent));
    case 'object':
      return objectOf(schema, indent);
    default:
      throw new TypeError(`No TypeScript for ${JSON.stringify(schema)}.`);
  }
}

/** A comment of one line, or nothing. */
export function comment(text: string | undefined, indent = ''): string {
  return text === undefined ? '' : `${indent}/** ${text} */\n`;
}

function objectOf({ properties = {}, required = [] }: JsonSchema, indent: string): string {
  const inner = `${indent}  `;
  const members = Object.entries(properties).map(([name, property]) => {
    const isRequired = required.includes(name);
    const type = typeOf(property as Node, inner);
    const description = (property as JsonSchema).description;
    return `${comment(description, inner)}${inner}${name}${isRequired ? '' : '?'}: ${type}${isRequired ? '' : ' | undefined'};`;
  });
  return `{\n${members.join('\n')}\n${indent}}`;
}

function arrayOf(item: string): string {
  return item.includes(' | ') ? `(${item})[]` : `${item}[]`;
}

function literal(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}
