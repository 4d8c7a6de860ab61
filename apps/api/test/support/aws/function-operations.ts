import { createHash } from 'node:crypto';
import type { AwsAccount, AwsFunction } from './aws-account.ts';
import { type AwsAnswer, AwsError, json } from './aws-answer.ts';

/** Bodies are what the SDK sends; a test fails where one is not as expected. */
// biome-ignore lint/suspicious/noExplicitAny: see above
type Body = any;

/** Lambda, which is asked by methods and paths. */
export function answerFunctions(account: AwsAccount, method: string, path: string, body: Body): AwsAnswer {
  const [, , kind = '', encodedName = '', rest = ''] = path.split('/');
  const name = decodeURIComponent(encodedName);
  const operation = `${method} ${kind}${name === '' ? '' : ' one'}${rest === '' ? '' : ` ${rest}`}`;
  account.operations.push(operation);
  switch (operation) {
    case 'GET functions':
      return json({ Functions: [...account.functions.values()].map(configuration) });
    case 'POST functions':
      return json(configuration(create(account, body)), 201);
    case 'GET functions one':
      return json({ Configuration: configuration(find(account, name)), Code: {} });
    case 'DELETE functions one':
      find(account, name);
      account.functions.delete(name);
      return { status: 204, body: '' };
    case 'POST tags one':
      Object.assign(find(account, name.split(':').at(-1) ?? '').tags, body.Tags);
      return { status: 204, body: '' };
    case 'PUT functions one event-invoke-config':
    case 'PUT functions one runtime-management-config':
      find(account, name);
      return json({});
    default:
      throw new AwsError(501, 'NotImplemented', `${operation} is not here.`);
  }
}

function create(account: AwsAccount, body: Body): AwsFunction {
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
    runtime: body.Runtime,
    memoryMb: body.MemorySize,
    diskMb: body.EphemeralStorage.Size,
    timeoutSeconds: body.Timeout,
    codeSha256: createHash('sha256').update(Buffer.from(body.Code.ZipFile, 'base64')).digest('base64'),
    tags: {},
  };
  account.functions.set(created.name, created);
  return created;
}

function find(account: AwsAccount, name: string): AwsFunction {
  const found = account.functions.get(name);
  if (found === undefined)
    throw new AwsError(404, 'ResourceNotFoundException', `Function not found: ${name}`);
  return found;
}

function configuration(found: AwsFunction) {
  return {
    FunctionName: found.name,
    FunctionArn: `arn:aws:lambda:eu-central-1:123456789012:function:${found.name}`,
    Role: found.role,
    Runtime: found.runtime,
    MemorySize: found.memoryMb,
    Timeout: found.timeoutSeconds,
    EphemeralStorage: { Size: found.diskMb },
    CodeSha256: found.codeSha256,
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}
