/** A function of an account. */
export interface AwsFunction {
  readonly name: string;
  readonly role: string;
  readonly runtime: string;
  readonly memoryMb: number;
  readonly diskMb: number;
  readonly timeoutSeconds: number;
  readonly codeSha256: string;
  readonly tags: Record<string, string>;
}

/** What there is in an account, to be looked into and changed by a test. */
export interface AwsAccount {
  readonly accountId: string;
  readonly userArn: string;
  readonly accessKeyId: string;
  readonly functions: Map<string, AwsFunction>;
  readonly logGroups: Map<string, { retentionDays?: number }>;
  /** Buckets with what was asked of them as a whole, such as `policy`, and what was said. */
  readonly buckets: Map<string, Map<string, string>>;
  /** Roles that there are; `remotion-lambda-role` is one at first. */
  readonly roles: Set<string>;
  /** Actions that the user's policy does not allow. They are simulated, not enforced. */
  readonly userDenied: Set<string>;
  /** The same for the policy of the role. */
  readonly roleDenied: Set<string>;
  /** Invocations at the same time. */
  concurrencyQuota: number;
  /** Names of all operations that were asked for, in their order. */
  readonly operations: string[];
}

/** An account with a user, a role that is right, and nothing deployed. */
export function createAwsAccount(accessKeyId: string): AwsAccount {
  const accountId = '123456789012';
  return {
    accountId,
    userArn: `arn:aws:iam::${accountId}:user/defrag`,
    accessKeyId,
    functions: new Map(),
    logGroups: new Map(),
    buckets: new Map(),
    roles: new Set(['remotion-lambda-role']),
    userDenied: new Set(),
    roleDenied: new Set(),
    concurrencyQuota: 1_000,
    operations: [],
  };
}
