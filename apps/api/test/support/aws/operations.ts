import { createHash } from 'node:crypto';
import type { S3Server } from '../s3/s3-server.ts';
import {
  ACCOUNT_ID,
  AWS_REGION,
  type AwsAccount,
  type AwsAnswer,
  AwsError,
  type AwsFunction,
  json,
  notImplemented,
  xml,
} from './aws-account.ts';

// biome-ignore lint/suspicious/noExplicitAny: the SDK sends the bodies; an unexpected one fails a test
type Body = any;

const USER_ARN = `arn:aws:iam::${ACCOUNT_ID}:user/defrag`;

/** STS and IAM: requests are forms. */
export function answerForm(account: AwsAccount, form: URLSearchParams): AwsAnswer {
  const action = form.get('Action') ?? '';
  const result = (text: string) =>
    xml(`<${action}Response><${action}Result>${text}</${action}Result></${action}Response>`);
  if (action === 'GetCallerIdentity') {
    return result(`<Arn>${USER_ARN}</Arn><UserId>AIDA</UserId><Account>${ACCOUNT_ID}</Account>`);
  }
  if (action !== 'SimulatePrincipalPolicy') throw notImplemented(action);
  const source = form.get('PolicySourceArn') ?? '';
  const role = /:role\/(.+)$/.exec(source)?.[1];
  if (role === undefined ? source !== USER_ARN : !account.roles.has(role)) {
    throw new AwsError(404, 'NoSuchEntity', `The entity ${source} cannot be found.`);
  }
  const denied = role === undefined ? account.userDenied : account.roleDenied;
  const members = [...form]
    .filter(([name]) => name.startsWith('ActionNames.'))
    .map(([, name]) => {
      const decision = denied.has(name) ? 'implicitDeny' : 'allowed';
      return `<member><EvalActionName>${name}</EvalActionName><EvalDecision>${decision}</EvalDecision></member>`;
    });
  return result(`<EvaluationResults>${members.join('')}</EvaluationResults><IsTruncated>false</IsTruncated>`);
}

/** CloudWatch Logs and Service Quotas: requests are JSON with the operation in a header. */
export function answerTarget(account: AwsAccount, target: string, body: Body): AwsAnswer {
  const operation = target.split('.')[1] ?? '';
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
      throw notImplemented(operation);
  }
}

/** Lambda: requests have methods and paths. */
export function answerFunctions(account: AwsAccount, method: string, path: string, body: Body): AwsAnswer {
  const [, , kind = '', encodedName = '', rest = ''] = path.split('/');
  const name = decodeURIComponent(encodedName);
  const operation = [method, kind, name && 'one', rest].filter(Boolean).join(' ');
  switch (operation) {
    case 'GET functions':
      return json({ Functions: [...account.functions.values()].map(configuration) });
    case 'POST functions':
      return json(configuration(createFunction(account, body)), 201);
    case 'GET functions one':
      return json({ Configuration: configuration(findFunction(account, name)), Code: {} });
    case 'DELETE functions one':
      findFunction(account, name);
      account.functions.delete(name);
      return { status: 204, body: '' };
    case 'POST tags one':
      return { status: 204, body: '' };
    case 'PUT functions one event-invoke-config':
    case 'PUT functions one runtime-management-config':
      findFunction(account, name);
      return json({});
    default:
      throw notImplemented(operation);
  }
}

function createFunction(account: AwsAccount, body: Body): AwsFunction {
  if (account.functions.has(body.FunctionName)) {
    throw new AwsError(409, 'ResourceConflictException', 'Function already exist');
  }
  if (!account.roles.has(String(body.Role).split('/').at(-1) ?? '')) {
    const message = 'The role defined for the function cannot be assumed by Lambda.';
    throw new AwsError(400, 'InvalidParameterValueException', message);
  }
  const created: AwsFunction = {
    name: body.FunctionName,
    role: body.Role,
    memoryMb: body.MemorySize,
    diskMb: body.EphemeralStorage.Size,
    timeoutSeconds: body.Timeout,
    codeSha256: createHash('sha256').update(Buffer.from(body.Code.ZipFile, 'base64')).digest('base64'),
  };
  account.functions.set(created.name, created);
  return created;
}

function findFunction(account: AwsAccount, name: string): AwsFunction {
  const found = account.functions.get(name);
  if (found !== undefined) return found;
  throw new AwsError(404, 'ResourceNotFoundException', `Function not found: ${name}`);
}

function configuration(found: AwsFunction) {
  return {
    FunctionName: found.name,
    FunctionArn: `arn:aws:lambda:${AWS_REGION}:${ACCOUNT_ID}:function:${found.name}`,
    Role: found.role,
    MemorySize: found.memoryMb,
    Timeout: found.timeoutSeconds,
    EphemeralStorage: { Size: found.diskMb },
    CodeSha256: found.codeSha256,
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}

/** S3: operations on buckets. @returns undefined for the operations of the S3 server */
export function answerBuckets(
  account: AwsAccount,
  s3: S3Server,
  { method, url, body }: { method: string; url: URL; body: string },
): AwsAnswer | undefined {
  const [, bucket = '', ...key] = url.pathname.split('/');
  if (bucket === '') {
    const buckets = [...account.buckets.keys()].map(
      (name) => `<Bucket><Name>${name}</Name><CreationDate>2026-01-01T00:00:00.000Z</CreationDate></Bucket>`,
    );
    return xml(`<ListAllMyBucketsResult><Buckets>${buckets.join('')}</Buckets></ListAllMyBucketsResult>`);
  }
  if (key.join('') !== '') return undefined;
  const [aspect] = [...url.searchParams.keys()].filter((name) => name !== 'x-id');
  if (method === 'PUT' && aspect === undefined) {
    account.buckets.set(bucket, new Map());
    s3.addPublicBucket(bucket);
    return { status: 200, headers: { location: `/${bucket}` }, body: '' };
  }
  if (!/^(location|ownershipControls|publicAccessBlock|policy|acl|lifecycle)$/.test(aspect ?? ''))
    return undefined;
  const found = account.buckets.get(bucket);
  if (found === undefined) throw new AwsError(404, 'NoSuchBucket', 'The specified bucket does not exist');
  if (aspect === 'location') {
    // Without the namespace the SDK does not read the text.
    const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';
    return xml(`<LocationConstraint xmlns="${namespace}">${AWS_REGION}</LocationConstraint>`);
  }
  found.set(aspect ?? '', method === 'DELETE' ? 'deleted' : body);
  return { status: method === 'DELETE' ? 204 : 200, body: '' };
}
