import type { AwsPlace } from './remotion-lambda.ts';

/** Who the access key belongs to. */
export interface AwsIdentity {
  /** Number of the account, 12 digits. */
  readonly accountId: string;
  /** Such as `arn:aws:iam::123456789012:user/defrag`. */
  readonly arn: string;
}

/** Asks AWS who the access key belongs to. @throws the SDK's error, also when AWS does not take the key */
export async function findIdentity({ remotion, region }: AwsPlace): Promise<AwsIdentity> {
  const { client, sdk } = remotion.getAwsClient({ region, service: 'sts' });
  const { Account: accountId = '', Arn: arn = '' } = await client.send(new sdk.GetCallerIdentityCommand({}));
  return { accountId, arn };
}

/** Actions that the user of the key needs and may not do, by AWS's own simulation of its policies. @throws the SDK's error */
export async function missingUserActions({ remotion, region }: AwsPlace): Promise<string[]> {
  const { results } = await remotion.simulatePermissions({ region });
  return results.filter(({ decision }) => decision !== 'allowed').map(({ name }) => String(name));
}

/** Name that Remotion wants the function's role to have. */
export const ROLE_NAME = 'remotion-lambda-role';

/** What is looked at of a policy. */
interface Policy {
  readonly Statement: readonly { readonly Action: string[]; readonly Resource: string[] }[];
}

/**
 * The same for the role that the function has.
 *
 * @throws the SDK's error; its name begins with NoSuchEntity where there is no such role
 */
export async function missingRoleActions(
  place: AwsPlace,
  { accountId, arn }: AwsIdentity,
): Promise<string[]> {
  const { remotion, region } = place;
  const { client, sdk } = remotion.getAwsClient({ region, service: 'iam' });
  const partition = arn.split(':')[1] === 'aws-cn' ? 'aws-cn' : 'aws';
  const { Statement: statements } = JSON.parse(remotion.getRolePolicy({ partition })) as Policy;
  const missing: string[] = [];
  for (const { Action: actions, Resource: resources } of statements) {
    const { EvaluationResults: results = [] } = await client.send(
      new sdk.SimulatePrincipalPolicyCommand({
        PolicySourceArn: `arn:${partition}:iam::${accountId}:role/${ROLE_NAME}`,
        ActionNames: actions,
        ResourceArns: resources,
      }),
    );
    for (const { EvalActionName: action, EvalDecision: decision } of results) {
      if (decision !== 'allowed') missing.push(String(action));
    }
  }
  return missing;
}

/** Lambda's quota of invocations at the same time, in AWS's list of quotas. */
const CONCURRENCY_QUOTA = 'L-B99A9384';

/** Invocations at the same time that the account may have in the region. @throws the SDK's error */
export async function findConcurrencyQuota({ remotion, region }: AwsPlace): Promise<number> {
  const { client, sdk } = remotion.getAwsClient({ region, service: 'servicequotas' });
  const { Quota: quota } = await client.send(
    new sdk.GetServiceQuotaCommand({ ServiceCode: 'lambda', QuotaCode: CONCURRENCY_QUOTA }),
  );
  return quota?.Value ?? 0;
}
