import { z } from 'zod';
import { readVariables } from '../../env.ts';

const required = (what: string) => z.string(`must be set to ${what}`);

const LambdaVariablesSchema = z.object({
  /** Id of the key of the AWS user that deploys. Remotion reads it by itself. */
  REMOTION_AWS_ACCESS_KEY_ID: required('the id of an access key of the AWS user'),
  /** Secret of that key. Remotion reads it by itself. */
  REMOTION_AWS_SECRET_ACCESS_KEY: required('the secret of that access key'),
  /** Region of function and site, such as `eu-central-1`. */
  REMOTION_AWS_REGION: required('an AWS region, such as eu-central-1').regex(
    /^[a-z]{2}(-[a-z]+)+-\d$/,
    'must be an AWS region, such as eu-central-1',
  ),
  /** Remotion's bucket in that region. Unset: the only one there is. */
  REMOTION_AWS_BUCKET: z.string().optional(),
  /** The function, as `deploy` prints it. */
  REMOTION_AWS_FUNCTION_NAME: z.string().optional(),
  /** Address of the site's `index.html`, as `deploy` prints it. */
  REMOTION_AWS_SERVE_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
  /** With what the function signs its webhooks. */
  REMOTION_AWS_WEBHOOK_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  /** Invocations at the same time that all renders together may take. */
  REMOTION_AWS_CONCURRENCY: z.coerce.number('must be a whole number').int().min(3).optional(),
});

/** What the commands on Remotion Lambda read from the environment. */
export type LambdaVariables = z.infer<typeof LambdaVariablesSchema>;

/**
 * Reads them.
 *
 * @throws EnvError naming every wrong or missing variable at once, and no value
 */
export function readLambdaVariables(): LambdaVariables {
  return readVariables(LambdaVariablesSchema);
}
