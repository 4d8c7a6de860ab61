import type { AwsAccount } from './aws-account.ts';
import { type AwsAnswer, AwsError, xml } from './aws-answer.ts';

/** STS and IAM, which are asked by forms. */
export function answerForm(account: AwsAccount, form: URLSearchParams): AwsAnswer {
  const action = form.get('Action') ?? '';
  account.operations.push(action);
  switch (action) {
    case 'GetCallerIdentity':
      return xml(
        `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
         <Arn>${account.userArn}</Arn><UserId>AIDA</UserId><Account>${account.accountId}</Account>
         </GetCallerIdentityResult></GetCallerIdentityResponse>`,
      );
    case 'SimulatePrincipalPolicy':
      return simulate(account, form);
    default:
      throw new AwsError(501, 'NotImplemented', `${action} is not here.`);
  }
}

function simulate(account: AwsAccount, form: URLSearchParams): AwsAnswer {
  const source = form.get('PolicySourceArn') ?? '';
  const role = /:role\/(.+)$/.exec(source)?.[1];
  if (role === undefined ? source !== account.userArn : !account.roles.has(role)) {
    throw new AwsError(404, 'NoSuchEntity', `The entity ${source} cannot be found.`);
  }
  const denied = role === undefined ? account.userDenied : account.roleDenied;
  const actions = [...form].flatMap(([name, value]) => (name.startsWith('ActionNames.') ? [value] : []));
  const members = actions.map(
    (action) =>
      `<member><EvalActionName>${action}</EvalActionName>
       <EvalDecision>${denied.has(action) ? 'implicitDeny' : 'allowed'}</EvalDecision></member>`,
  );
  return xml(
    `<SimulatePrincipalPolicyResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><SimulatePrincipalPolicyResult>
     <EvaluationResults>${members.join('')}</EvaluationResults><IsTruncated>false</IsTruncated>
     </SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>`,
  );
}
