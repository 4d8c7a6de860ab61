import { type Database, LAMBDA_WEBHOOK_OUTCOMES, recordLambdaWebhook } from '@defrag/db';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { describeIssues, issuesSentence } from '../../trpc/errors/describe-issues.ts';
import { carriesSignature } from './webhook-signature.ts';

const PATH = '/api/v1/webhooks/remotion-lambda';

/** Bytes. The news of a failure carries what Remotion knows of it, stacks included. */
const BODY_LIMIT_BYTES = 1_024 * 1_024;

/** What of the news is looked at. The address of the file is none of it: Remotion names one of AWS whatever the bucket. */
const NewsSchema = z.object({
  type: z.enum(LAMBDA_WEBHOOK_OUTCOMES),
  renderId: z.string().min(1).max(100),
  customData: z.object({ id: z.uuid() }),
});

/** Where the function is to tell that a render has ended, on an API whose URLs begin so. */
export function lambdaWebhookUrl(publicBaseUrl: string): string {
  return `${publicBaseUrl}${PATH}`;
}

/**
 * Takes the news that a render on AWS Lambda has ended, and writes it down; who waits for the render reads it there, in whatever process.
 * It must be signed. The first one of a render counts; to tell it again changes nothing.
 */
export async function addLambdaWebhook(
  app: FastifyInstance,
  options: { readonly database: Database; readonly secret: string },
): Promise<void> {
  await app.register(async (scope) => {
    // What is signed are the bytes, so they are kept as they came.
    scope.removeContentTypeParser('application/json');
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    scope.post(PATH, { bodyLimit: BODY_LIMIT_BYTES }, async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (!carriesSignature(request.headers['x-remotion-signature'], body, options.secret)) {
        throw new AppError('UNAUTHORIZED', 'The signature is not that of this body.');
      }
      const { type, renderId, customData } = readNews(body);
      const { id } = customData;
      const heard = await recordLambdaWebhook(options.database.orm, {
        id,
        remotionRenderId: renderId,
        outcome: type,
      });
      request.log.info({ lambda_render_id: id, outcome: type, heard }, 'webhook');
      if (heard === 'unknown') throw new AppError('NOT_FOUND', 'There is no such render.');
      return reply.header('cache-control', 'no-store').send({ status: heard });
    });
  });
}

function readNews(body: Buffer): z.infer<typeof NewsSchema> {
  let news: unknown;
  try {
    news = JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new AppError('BAD_REQUEST', 'The request cannot be read.', { cause });
  }
  const { success, data, error } = NewsSchema.safeParse(news);
  if (success) return data;
  const issues = describeIssues(error);
  throw new AppError('BAD_REQUEST', issuesSentence(issues), { cause: error, issues });
}
