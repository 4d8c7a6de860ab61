import {
  findConcurrencyQuota,
  findIdentity,
  missingRoleActions,
  missingUserActions,
  ROLE_NAME,
} from '../aws-identity.ts';
import type { AwsPlace } from '../remotion-lambda.ts';
import { type Check, CheckFailure } from './check.ts';

/** Invocations that one render takes at least: a chunk, the one that waits for it, and the one that began it. */
const LEAST_CONCURRENCY = 3;

/** Invocations at the same time below which AWS's usual quota of 1,000 was not given to the account: new ones begin with 10. */
const NEW_ACCOUNT_CONCURRENCY = 10;

/**
 * What is looked at of the account: key, permissions of user and role, quota.
 *
 * @param concurrency invocations at the same time that the environment allows all renders together, if it says so
 */
export function accountChecks(place: AwsPlace, concurrency: number | undefined): Check[] {
  return [
    {
      name: 'access key',
      async run() {
        const { arn } = await findIdentity(place);
        return arn;
      },
    },
    {
      name: 'user policy',
      async run() {
        const missing = await missingUserActions(place);
        if (missing.length === 0) return 'allows all that is needed';
        throw new CheckFailure(
          `does not allow ${missing.join(', ')}`,
          'Give the user the policy that `pnpm defrag lambda policies` prints as user policy.',
        );
      },
    },
    { name: 'role', run: () => checkRole(place) },
    {
      name: 'quota',
      async run() {
        const quota = await findConcurrencyQuota(place);
        const found = `${quota} invocations at the same time in ${place.region}`;
        if (quota < Math.max(LEAST_CONCURRENCY, concurrency ?? 0)) {
          throw new CheckFailure(
            `${found}, and REMOTION_AWS_CONCURRENCY is ${concurrency ?? 'unset'}`,
            `Set REMOTION_AWS_CONCURRENCY to ${quota} or less, or ask AWS for more: \`npx remotion lambda quotas increase\`.`,
          );
        }
        if (quota <= NEW_ACCOUNT_CONCURRENCY) return `${found}; that of a new account, ask AWS for more`;
        return found;
      },
    },
  ];
}

async function checkRole(place: AwsPlace): Promise<string> {
  let missing: string[];
  try {
    missing = await missingRoleActions(place, await findIdentity(place));
  } catch (error) {
    if (!/^NoSuchEntity/.test(String((error as { name?: unknown }).name))) throw error;
    throw new CheckFailure(
      `there is no role ${ROLE_NAME}`,
      'Create it for Lambda, with the policy that `pnpm defrag lambda policies` prints as role policy.',
    );
  }
  if (missing.length === 0) return `${ROLE_NAME} allows all that is needed`;
  throw new CheckFailure(
    `${ROLE_NAME} does not allow ${missing.join(', ')}`,
    'Give the role the policy that `pnpm defrag lambda policies` prints as role policy.',
  );
}
