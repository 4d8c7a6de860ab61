import { ErrorBodySchema, EXAMPLE_BASE_URL, MAX_WAIT_SECONDS } from '@defrag/core';
import { generateOpenApiDocument, type OpenAPIObject } from 'trpc-to-openapi';
import { z } from 'zod';
import type { Meta } from '../../trpc/meta.ts';
import { type Procedure, procedures } from '../../trpc/procedures.ts';
import { appRouter } from '../../trpc/router.ts';
import { ADMIN_KEY_HEADER } from '../auth/authenticate.ts';
import { errorReferences, errorResponses, errorStatuses } from './error-responses.ts';
import { exampleOf, type Schema } from './example-of.ts';
import { plainPaths } from './plain-routes.ts';

type Content = Record<string, { schema?: Schema; example?: unknown }>;
type Schemas = Record<string, unknown>;
type Operation = NonNullable<NonNullable<OpenAPIObject['paths']>[string]['get']>;

const DESCRIPTION = `From a friction event to a deterministic video.

Admin routes take the admin key or the cron secret. Every error is \`{"error": {"code", "message", "issues"?}}\`: branch on
\`code\`, show \`message\`. tRPC serves the same procedures at \`/trpc\`, and also the progress of a render, as server-sent events.`;

const PREFER = {
  name: 'Prefer',
  in: 'header' as const,
  description: `RFC 7240: \`wait=N\` waits up to N seconds for READY, at most ${MAX_WAIT_SECONDS}.`,
  schema: { type: 'string' as const },
  example: 'wait=30',
};

const PREFERENCE_APPLIED = {
  'Preference-Applied': {
    description: 'The wait that was applied.',
    schema: PREFER.schema,
    example: 'wait=30',
  },
};

/**
 * The OpenAPI 3.1 document of the REST routes. The library makes paths, inputs and responses from the procedures; this adds
 * the errors, headers and examples of our own HTTP layer.
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
  const schemas = withOurErrors(document.components?.schemas ?? {});
  const byId = new Map([...procedures.values()].map((each) => [each.meta.openapi?.operationId, each]));
  for (const item of Object.values(document.paths ?? {})) {
    for (const operation of [item.get, item.post, item.delete]) {
      const procedure = byId.get(operation?.operationId);
      if (operation !== undefined && procedure !== undefined) complete(operation, procedure, schemas);
    }
  }
  const completed = {
    ...document,
    paths: { ...document.paths, ...plainPaths(options) },
    components: { ...document.components, schemas, responses: errorResponses() },
  };
  return JSON.parse(JSON.stringify(completed).replaceAll(EXAMPLE_BASE_URL, options.publicBaseUrl));
}

/** The shared schemas, with our error schema instead of the library's. */
function withOurErrors(schemas: Schemas): Schemas {
  const { $defs = {} } = z.toJSONSchema(ErrorBodySchema, { io: 'output' });
  return {
    ...Object.fromEntries(Object.entries(schemas).filter(([name]) => !name.startsWith('error.'))),
    ...JSON.parse(JSON.stringify($defs).replaceAll('#/$defs/', '#/components/schemas/')),
  };
}

function complete(operation: Operation, procedure: Procedure, schemas: Schemas): void {
  const { requestBody, responses } = operation as { requestBody?: { content: Content }; responses: object };
  const { content, ...success } = (responses as Record<string, { content: Content }>)['200'] ?? {
    content: {},
  };
  addExample(requestBody?.content, schemas, 'request');
  addExample(content, schemas, 'response');
  const answers: Record<string, object> = { 200: { ...success, content } };
  if (procedure.meta.queues) {
    const queued = structuredClone(content);
    for (const each of Object.values(queued))
      each.example = { ...(each.example as object), status: 'QUEUED' };
    operation.parameters = [...(operation.parameters ?? []), PREFER];
    answers['200'] = { description: 'READY.', headers: PREFERENCE_APPLIED, content };
    answers['202'] = { description: 'QUEUED.', headers: PREFERENCE_APPLIED, content: queued };
  }
  operation.responses = { ...answers, ...errorReferences(errorStatuses(procedure)) };
}

function addExample(content: Content | undefined, schemas: Schemas, use: 'request' | 'response'): void {
  for (const each of Object.values(content ?? {})) each.example = exampleOf(each.schema ?? {}, schemas, use);
}
