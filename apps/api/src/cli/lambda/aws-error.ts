import { EnvError } from '../../env.ts';
import { AppError } from '../../errors.ts';
import { StartupError } from '../../process/startup-error.ts';

/** The meaning of an AWS error and its remedy, one sentence each. */
export interface AwsProblem {
  readonly sentence: string;
  readonly remedy: string;
}

const PROBLEMS: readonly (readonly [names: RegExp, sentence: string, remedy: string])[] = [
  [
    /^(InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidSignatureException|InvalidAccessKeyId|IncompleteSignature|AuthFailure)/,
    'AWS does not accept the access key',
    'Check REMOTION_AWS_ACCESS_KEY_ID and REMOTION_AWS_SECRET_ACCESS_KEY.',
  ],
  [
    /^(ExpiredToken|RequestExpired|RequestTimeTooSkewed)/,
    'The request to AWS has expired',
    'Check the clock of this machine and that the access key has not expired.',
  ],
  [
    /^(AccessDenied|UnauthorizedOperation|Forbidden)/,
    'The AWS user lacks a permission',
    'Give the user the policy that `pnpm defrag lambda policies` prints.',
  ],
  [/^(Throttling|TooManyRequests|SlowDown)/, 'AWS throttles requests', 'Try again in a minute.'],
  [
    /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|TimeoutError)/,
    'AWS is unreachable',
    'Check the network, the proxy and REMOTION_AWS_REGION.',
  ],
  [
    /^(OptInRequired|SubscriptionRequired)/,
    'The account has not enabled this AWS service',
    'Finish setting up the account in the AWS console, and enable the region there.',
  ],
];

/** Explains an error of the SDK or of the network. An unknown one keeps AWS's own words. */
export function explainAwsError(error: unknown): AwsProblem {
  const { name, code, message } = error as Record<'name' | 'code' | 'message', unknown>;
  if (name === 'InvalidParameterValueException' && /role/i.test(String(message))) {
    return {
      sentence: 'The function cannot use the role remotion-lambda-role',
      remedy:
        'Create it for Lambda with the role policy that `pnpm defrag lambda policies` prints, wait a minute and try again.',
    };
  }
  const known = PROBLEMS.find(([names]) => names.test(String(name)) || names.test(String(code)));
  if (known !== undefined) return { sentence: known[1], remedy: known[2] };
  return {
    sentence: `AWS returned ${name}: ${message}`,
    remedy: 'Look up this error in the AWS documentation.',
  };
}

/**
 * Explains the errors of AWS that `use` throws.
 *
 * @param what did not happen, such as `The function was not deployed`
 * @throws StartupError with a sentence and what to do; our own errors unchanged
 */
export async function withAws<Result>(what: string, use: () => Promise<Result>): Promise<Result> {
  try {
    return await use();
  } catch (error) {
    if (error instanceof StartupError || error instanceof EnvError || error instanceof AppError) throw error;
    const { sentence, remedy } = explainAwsError(error);
    throw new StartupError(`${what}: ${sentence}. ${remedy}`, { cause: error });
  }
}
