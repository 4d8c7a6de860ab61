/** A function of an account. */
export interface AwsFunction {
  readonly name: string;
  readonly role: string;
  readonly memoryMb: number;
  readonly diskMb: number;
  readonly timeoutSeconds: number;
  readonly codeSha256: string;
}

/** The state of an account. Tests read and change it. */
export interface AwsAccount {
  readonly accessKeyId: string;
  readonly functions: Map<string, AwsFunction>;
  readonly logGroups: Map<string, { retentionDays?: number }>;
  /** For each bucket the bodies of `policy`, `lifecycle` and so on. */
  readonly buckets: Map<string, Map<string, string>>;
  /** Roles that exist; `remotion-lambda-role` at first. */
  readonly roles: Set<string>;
  /** Actions that the policy of the user does not allow. They are simulated, not enforced. */
  readonly userDenied: Set<string>;
  /** The same for the policy of the role. */
  readonly roleDenied: Set<string>;
  /** Concurrent invocations. */
  concurrencyQuota: number;
}

export const ACCOUNT_ID = '123456789012';

/** The one region of the account. */
export const AWS_REGION = 'eu-central-1';

/** An account with a user, the role of the function, and nothing deployed. */
export function createAwsAccount(accessKeyId: string): AwsAccount {
  return {
    accessKeyId,
    functions: new Map(),
    logGroups: new Map(),
    buckets: new Map(),
    roles: new Set(['remotion-lambda-role']),
    userDenied: new Set(),
    roleDenied: new Set(),
    concurrencyQuota: 1_000,
  };
}

export interface AwsAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

export class AwsError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const notImplemented = (operation: string) =>
  new AwsError(501, 'NotImplemented', `The test server has no ${operation}.`);

export function json(value: unknown, status = 200): AwsAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

export function xml(body: string, status = 200): AwsAnswer {
  return { status, headers: { 'content-type': 'text/xml' }, body };
}
