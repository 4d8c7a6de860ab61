import {
  findConcurrencyQuota,
  findIdentity,
  missingRoleActions,
  missingUserActions,
  ROLE_NAME,
} from '../aws-identity.ts';
import type { AwsPlace } from '../remotion-lambda.ts';
import { type Check, CheckFailure } from './check.ts';

/**
 * What is looked at of the account: key, permissions of user and role, quota.
 *
 * @param concurrency invocations at the same time that the environment allows all renders together
 */
export function accountChecks(place: AwsPlace, concurrency: number): Check[] {
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
        if (quota >= concurrency) return found;
        throw new CheckFailure(
          `${found}; REMOTION_AWS_CONCURRENCY lets renders take ${concurrency}`,
          `Set REMOTION_AWS_CONCURRENCY to ${quota} at most, or ask AWS for a higher quota "Concurrent executions" of Lambda.`,
        );
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
