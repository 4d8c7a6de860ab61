import { ErrorIssueSchema } from '@defrag/core';
import { z } from 'zod';
import { ERROR_CODES } from '../../src/errors.ts';
import { type ProcedureFacts, procedures } from '../../src/trpc/procedures.ts';
import { comment, typeOf } from './json-schema-types.ts';

const HEADER = `// Made from the schemas of the procedures by \`pnpm --filter @defrag/api generate:contract\`; a test compares. Do not edit.
import type {
  TRPCMutationProcedure,
  TRPCQueryProcedure,
  TRPCSubscriptionProcedure,
} from '@trpc/server';

/** An item of a stream with its id, by which a client that reconnects says where it was. */
export interface Tracked<T> {
  id: string;
  data: T;
}

/** The input of procedures that take none: void, as tRPC has it. */
export type NoInput = ReturnType<() => void>;
`;

/**
 * The text of `src/client/contract.ts`: what goes over the wire as plain TypeScript. So that the client's types need neither
 * the server's code nor the libraries that it is made of.
 */
export function contractSource(): string {
  const types = new Map<string, string>();
  addTypes(types, ErrorIssueSchema, 'output');
  const tree: Tree = {};
  for (const facts of procedures.values()) {
    const input = inputType(types, facts.input);
    const output = addTypes(types, facts.output, 'output');
    place(tree, facts.path.split('.'), { type: procedureType(facts, input, output), facts });
  }
  const codes = Object.keys(ERROR_CODES).map((code) => `  | '${code}'`);
  return [
    HEADER,
    `/** Why a call failed. */\nexport type ErrorCode =\n${codes.join('\n')};\n`,
    ...types.values(),
    `/** Every procedure of the API. */\nexport type DefragProcedures = ${treeType(tree)};\n`,
  ].join('\n');
}

/**
 * Adds the interfaces that a schema is made of, and returns the name of the schema's own.
 *
 * @param summary what to say of a type that does not describe itself
 */
function addTypes(
  types: Map<string, string>,
  schema: z.ZodType,
  io: 'input' | 'output',
  summary?: string,
): string {
  const { $ref, $defs = {} } = z.toJSONSchema(schema, { io });
  if ($ref === undefined) throw new TypeError('A schema of the contract has no id.');
  for (const [name, definition] of Object.entries($defs)) {
    types.set(
      name,
      `${comment(definition.description ?? summary)}export interface ${name} ${typeOf(definition)}\n`,
    );
  }
  return $ref.replace('#/$defs/', '');
}

function inputType(types: Map<string, string>, input: z.ZodType | undefined): string {
  if (input === undefined) return 'NoInput';
  const isOptional = input.safeParse(undefined).success;
  return `${addTypes(types, input, 'input', inputSummary(input))}${isOptional ? ' | undefined' : ''}`;
}

/** What there is to say of an input that does not describe itself. */
function inputSummary(input: z.ZodType): string {
  const takers = [...procedures.values()].filter((facts) => facts.input === input);
  return `Input of ${takers.map(({ path }) => `\`${path}\``).join(', ')}.`;
}

function procedureType({ type }: ProcedureFacts, input: string, output: string): string {
  // Not tRPC's own TrackedEnvelope: without a transformer its types lose that it is one.
  const answer = type === 'subscription' ? `AsyncIterable<Tracked<${output}>, void>` : output;
  const kind = { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' }[type];
  return `TRPC${kind}Procedure<{ input: ${input}; output: ${answer}; meta: object }>`;
}

interface Leaf {
  readonly type: string;
  readonly facts: ProcedureFacts;
}

interface Tree {
  [name: string]: Leaf | Tree;
}

function place(tree: Tree, [name = '', ...rest]: string[], leaf: Leaf): void {
  if (rest.length === 0) {
    tree[name] = leaf;
    return;
  }
  tree[name] ??= {};
  place(tree[name] as Tree, rest, leaf);
}

function treeType(tree: Tree, indent = ''): string {
  const inner = `${indent}  `;
  const members = Object.entries(tree).map(([name, branch]) =>
    isLeaf(branch)
      ? `${comment(summaryOf(branch.facts), inner)}${inner}${name}: ${branch.type};`
      : `${inner}${name}: ${treeType(branch, inner)};`,
  );
  return `{\n${members.join('\n')}\n${indent}}`;
}

function summaryOf({ meta }: ProcedureFacts): string {
  return `${meta.summary ?? meta.openapi?.summary}.`;
}

function isLeaf(branch: Leaf | Tree): branch is Leaf {
  return typeof branch['type'] === 'string';
}
