import { createHmac } from 'node:crypto';
import { type Database, LAMBDA_WEBHOOK_OUTCOMES, recordLambdaWebhook } from '@defrag/db';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { describeIssues, issuesSentence } from '../../trpc/errors/describe-issues.ts';
import { createSecretMatcher } from '../auth/authenticate.ts';

const PATH = '/api/v1/webhooks/remotion-lambda';

/** Bytes. The payload of a failure includes Remotion's errors with their stacks. */
const BODY_LIMIT_BYTES = 1_024 * 1_024;

/** The fields of the payload that we use. We ignore `outputUrl`: it is an AWS URL even if the bucket is not on AWS. */
const PayloadSchema = z.object({
  type: z.enum(LAMBDA_WEBHOOK_OUTCOMES),
  renderId: z.string().min(1).max(100),
  customData: z.object({ id: z.uuid() }),
});

export function lambdaWebhookUrl(publicBaseUrl: string): string {
  return `${publicBaseUrl}${PATH}`;
}

/**
 * Accepts the signed webhook that a render on AWS Lambda has ended, and records it in the database, where the process that waits
 * for the render reads it. Only the first webhook of a render counts.
 */
export async function addLambdaWebhook(
  app: FastifyInstance,
  options: { readonly database: Database; readonly secret: string },
): Promise<void> {
  await app.register(async (scope) => {
    // The signature covers the raw bytes.
    scope.removeContentTypeParser('application/json');
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    scope.post(PATH, { bodyLimit: BODY_LIMIT_BYTES }, async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (!carriesSignature(request.headers['x-remotion-signature'], body, options.secret)) {
        throw new AppError('UNAUTHORIZED', 'The signature does not match the body.');
      }
      const { type, renderId, customData } = readPayload(body);
      const { id } = customData;
      const recorded = await recordLambdaWebhook(options.database.orm, {
        id,
        remotionRenderId: renderId,
        outcome: type,
      });
      request.log.info({ lambda_render_id: id, outcome: type, recorded }, 'webhook');
      if (recorded === 'unknown') throw new AppError('NOT_FOUND', 'Unknown render.');
      return reply.header('cache-control', 'no-store').send({ status: recorded });
    });
  });
}

function readPayload(body: Buffer): z.infer<typeof PayloadSchema> {
  let payload: unknown;
  try {
    payload = JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new AppError('BAD_REQUEST', 'The request could not be parsed.', { cause });
  }
  const { success, data, error } = PayloadSchema.safeParse(payload);
  if (success) return data;
  const issues = describeIssues(error);
  throw new AppError('BAD_REQUEST', issuesSentence(issues), { cause: error, issues });
}

/**
 * Whether a webhook has Remotion's signature: `sha512=` and the HMAC-SHA-512 of the body's bytes in hexadecimal. Compared in
 * constant time.
 *
 * @param signature value of `x-remotion-signature`; a repeated header is invalid
 */
function carriesSignature(signature: string | string[] | undefined, body: Buffer, secret: string): boolean {
  if (typeof signature !== 'string') return false;
  const expected = `sha512=${createHmac('sha512', secret).update(body).digest('hex')}`;
  return createSecretMatcher(expected)(Buffer.from(signature, 'latin1'));
}
