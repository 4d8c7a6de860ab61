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
  // Remotion reads the key from the environment itself.
  REMOTION_AWS_ACCESS_KEY_ID: required('the ID of an access key of the AWS user'),
  REMOTION_AWS_SECRET_ACCESS_KEY: required('the secret of that access key'),
  REMOTION_AWS_REGION: required('an AWS region, such as eu-central-1').regex(
    /^[a-z]{2}-[a-z]+-\d$/,
    'must be an AWS region, such as eu-central-1',
  ),
});

/** The environment of the commands `defrag lambda`: key and region are required. */
export type LambdaVariables = z.infer<typeof LambdaVariablesSchema>;

/** @throws EnvError with the name, but not the value, of every missing or invalid variable */
export function readLambdaVariables(): LambdaVariables {
  return readVariables(LambdaVariablesSchema);
}
