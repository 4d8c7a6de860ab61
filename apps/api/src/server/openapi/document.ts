import { ErrorBodySchema, MAX_WAIT_SECONDS } from '@defrag/core';
import { generateOpenApiDocument, type OpenAPIObject } from 'trpc-to-openapi';
import { z } from 'zod';
import type { Meta } from '../../trpc/meta.ts';
import { procedures } from '../../trpc/procedures.ts';
import { appRouter } from '../../trpc/router.ts';
import { ADMIN_KEY_HEADER } from '../auth/authenticate.ts';
import { errorResponseName, errorResponses } from './error-responses.ts';
import { createExamples } from './examples.ts';
import { plainPaths } from './plain-routes.ts';

type PathItem = NonNullable<OpenAPIObject['paths']>[string];
type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;
type Operation = NonNullable<PathItem['get']>;
type Response = Exclude<Operation['responses'], undefined>[string];

const DESCRIPTION = `From a friction event to a deterministic video.

Admin routes take the admin key or the cron secret. Every error is \`{"error": {"code", "message", "issues"?}}\`: branch on
\`code\`, show \`message\`. The same procedures are served by tRPC at \`/trpc\`, and there also the progress of a render, as
server-sent events.`;

const PREFER = {
  name: 'Prefer',
  in: 'header' as const,
  description: `RFC 7240: \`wait=N\` waits for READY, at most N seconds and at most ${MAX_WAIT_SECONDS}.`,
  schema: { type: 'string' as const },
  example: 'wait=30',
};

const PREFERENCE_APPLIED = {
  'Preference-Applied': {
    description: 'The wait that was applied.',
    schema: { type: 'string' as const },
    example: 'wait=30',
  },
};

/**
 * The OpenAPI 3.1 document of the REST routes: paths, inputs and answers from the procedures themselves, to which the errors,
 * headers and examples of our own HTTP layer are added.
 */
export function createOpenApiDocument(options: {
  publicBaseUrl: string;
  servesVideos: boolean;
  redirectsVideos: boolean;
}): OpenAPIObject {
  const document = generateOpenApiDocument<Meta>(appRouter, {
    openApiVersion: '3.1.0',
    title: 'Defrag Video',
    version: '1',
    description: DESCRIPTION,
    license: { name: 'MIT', identifier: 'MIT' },
    baseUrl: options.publicBaseUrl,
    tags: ['Videos', 'Friction events', 'System', 'Assets', 'Health'],
    securitySchemes: {
      adminKey: { type: 'apiKey', in: 'header', name: ADMIN_KEY_HEADER, description: 'The admin key.' },
      cronSecret: { type: 'http', scheme: 'bearer', description: 'The cron secret, for schedulers.' },
    },
  });
  const examples: Readonly<Record<string, Readonly<Record<string, unknown>>>> = createExamples(
    options.publicBaseUrl,
  );
  const queueing = queueingOperations();
  for (const operation of operationsOf(document)) {
    const id = operation.operationId ?? '';
    addResponses(operation, queueing.has(id));
    addExamples(operation, examples[id] ?? {});
  }
  return {
    ...document,
    paths: { ...document.paths, ...plainPaths(options) },
    components: { ...document.components, schemas: schemasOf(document), responses: errorResponses() },
  };
}

/** The shared schemas, with our own of errors in place of the library's. */
function schemasOf(document: OpenAPIObject): Schemas {
  const schemas = Object.entries(document.components?.schemas ?? {});
  const { $defs = {} } = z.toJSONSchema(ErrorBodySchema, { io: 'output' });
  const ours = JSON.stringify($defs).replaceAll('#/$defs/', '#/components/schemas/');
  return {
    ...Object.fromEntries(schemas.filter(([name]) => !name.startsWith('error.'))),
    ...JSON.parse(ours),
  };
}

/** Ids of the operations whose answer may be 202, and which hear `Prefer`. */
function queueingOperations(): ReadonlySet<string | undefined> {
  return new Set(
    [...procedures.values()].map(({ meta }) => (meta.queues ? meta.openapi?.operationId : undefined)),
  );
}

function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.values(document.paths ?? {}).flatMap(({ get, post, delete: remove }) =>
    [get, post, remove].filter((each) => each !== undefined),
  );
}

function addResponses(operation: Operation, queues: boolean): void {
  const responses: Record<string, Response> = {};
  for (const [status, response] of Object.entries(operation.responses ?? {})) {
    // The library describes errors in its own shape; ours are the same for every route.
    responses[status] =
      Number(status) < 400
        ? response
        : { $ref: `#/components/responses/${errorResponseName(Number(status))}` };
  }
  if (queues) {
    operation.parameters = [...(operation.parameters ?? []), PREFER];
    const { content } = (responses['200'] ?? {}) as { content?: Record<string, object> };
    responses['200'] = { description: 'READY.', headers: PREFERENCE_APPLIED, content: { ...content } };
    responses['202'] = { description: 'QUEUED.', headers: PREFERENCE_APPLIED, content: { ...content } };
  }
  operation.responses = responses;
}

function addExamples(operation: Operation, examples: Readonly<Record<string, unknown>>): void {
  for (const [key, example] of Object.entries(examples)) {
    const target = (key === 'request' ? operation.requestBody : operation.responses?.[key]) as
      | { content?: Record<string, object> }
      | undefined;
    const json = target?.content?.['application/json'];
    if (target?.content !== undefined && json !== undefined) {
      target.content = { ...target.content, 'application/json': { ...json, example } };
    }
  }
}
