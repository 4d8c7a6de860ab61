import { EnvError } from '../../env.ts';
import { AppError } from '../../errors.ts';
import { StartupError } from '../../process/startup-error.ts';

/** What an error of AWS means to the person at the terminal. */
export interface AwsTrouble {
  /** What is wrong, a sentence. */
  readonly sentence: string;
  /** What to do about it, a sentence. */
  readonly remedy: string;
}

const POLICY = 'Give the user the policy that `pnpm defrag lambda policies` prints.';

const TROUBLES: readonly (readonly [names: RegExp, trouble: AwsTrouble])[] = [
  [
    /^(InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidSignatureException|InvalidAccessKeyId|IncompleteSignature|AuthFailure)/,
    {
      sentence: 'AWS does not accept the access key',
      remedy: 'Check REMOTION_AWS_ACCESS_KEY_ID and REMOTION_AWS_SECRET_ACCESS_KEY.',
    },
  ],
  [
    /^(ExpiredToken|RequestExpired|RequestTimeTooSkewed)/,
    {
      sentence: 'AWS finds the request too old',
      remedy: 'Check the clock of this machine, and that the access key has not expired.',
    },
  ],
  [
    /^(AccessDenied|UnauthorizedOperation|Forbidden)/,
    { sentence: 'The AWS user may not do this', remedy: POLICY },
  ],
  [
    /^(Throttling|TooManyRequests|SlowDown)/,
    {
      sentence: 'AWS is asked too often',
      remedy: 'Try again in a minute.',
    },
  ],
  [
    /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|TimeoutError)/,
    {
      sentence: 'AWS is out of reach',
      remedy: 'Check network and proxy, and REMOTION_AWS_REGION.',
    },
  ],
  [
    /^(OptInRequired|SubscriptionRequired)/,
    {
      sentence: 'The account is not signed up for this service of AWS',
      remedy: 'Finish setting up the account in the AWS console; the region may have to be enabled too.',
    },
  ],
];

const ROLE_TROUBLE: AwsTrouble = {
  sentence: 'The function cannot have the role remotion-lambda-role',
  remedy:
    'Create it for Lambda, with the role policy that `pnpm defrag lambda policies` prints, wait a minute, and try again.',
};

/** What is looked at of an error of the SDK or of the network. */
interface SdkError {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
}

/** What an error means and what to do; in AWS's own words where nothing better is known. */
export function explainAwsError(error: unknown): AwsTrouble {
  const { name, code, message } = error as SdkError;
  if (/role/i.test(String(message)) && name === 'InvalidParameterValueException') return ROLE_TROUBLE;
  const known = TROUBLES.find(([names]) => names.test(String(name)) || names.test(String(code)));
  return (
    known?.[1] ?? { sentence: `AWS says ${String(name)}: ${String(message)}`, remedy: 'See what AWS says.' }
  );
}

/**
 * Does something with AWS.
 *
 * @param what it is, for the message: `The function was not deployed`
 * @throws StartupError with a sentence and what to do; errors of ours pass as they are
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
