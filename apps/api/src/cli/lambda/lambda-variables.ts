import { z } from 'zod';
import { EnvFieldsSchema, readVariables } from '../../env.ts';

const required = (what: string) => z.string(`must be set to ${what}`);

const LambdaVariablesSchema = EnvFieldsSchema.pick({
  REMOTION_AWS_FUNCTION_NAME: true,
  REMOTION_AWS_SERVE_URL: true,
  REMOTION_AWS_BUCKET: true,
  REMOTION_AWS_WEBHOOK_SECRET: true,
  REMOTION_AWS_CONCURRENCY: true,
}).extend({
  /** Id of the key of the AWS user. Remotion reads it by itself. */
  REMOTION_AWS_ACCESS_KEY_ID: required('the id of an access key of the AWS user'),
  /** Secret of that key. Remotion reads it by itself. */
  REMOTION_AWS_SECRET_ACCESS_KEY: required('the secret of that access key'),
  /** Region of function and site. */
  REMOTION_AWS_REGION: required('an AWS region, such as eu-central-1').regex(
    /^[a-z]{2}-[a-z]+-\d$/,
    'must be an AWS region, such as eu-central-1',
  ),
});

/** What the commands on Remotion Lambda read from the environment: the key and the region, and the rest if it is there. */
export type LambdaVariables = z.infer<typeof LambdaVariablesSchema>;

/**
 * Reads them.
 *
 * @throws EnvError naming every wrong or missing variable at once, and no value
 */
export function readLambdaVariables(): LambdaVariables {
  return readVariables(LambdaVariablesSchema);
}
