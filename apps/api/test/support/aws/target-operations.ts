import type { AwsAccount } from './aws-account.ts';
import { type AwsAnswer, AwsError, json } from './aws-answer.ts';

/** Bodies are what the SDK sends; a test fails where one is not as expected. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Body = any;

/** CloudWatch Logs and Service Quotas, which are asked by JSON with the operation in a header. */
export function answerTarget(account: AwsAccount, target: string, body: Body): AwsAnswer {
  const operation = target.split('.')[1] ?? '';
  account.operations.push(operation);
  switch (operation) {
    case 'CreateLogGroup':
      if (account.logGroups.has(body.logGroupName)) {
        throw new AwsError(400, 'ResourceAlreadyExistsException', 'The specified log group already exists');
      }
      account.logGroups.set(body.logGroupName, {});
      return json({});
    case 'PutRetentionPolicy':
      account.logGroups.set(body.logGroupName, { retentionDays: body.retentionInDays });
      return json({});
    case 'GetServiceQuota':
      if (body.ServiceCode !== 'lambda' || body.QuotaCode !== 'L-B99A9384') {
        throw new AwsError(400, 'NoSuchResourceException', 'There is no such quota.');
      }
      return json({ Quota: { QuotaCode: body.QuotaCode, Value: account.concurrencyQuota } });
    default:
      throw new AwsError(501, 'NotImplemented', `${operation} is not here.`);
  }
}
