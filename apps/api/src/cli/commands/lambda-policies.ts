import { Command } from 'commander';
import { ROLE_NAME } from '../lambda/aws-identity.ts';
import { loadPolicies } from '../lambda/remotion-lambda.ts';
import { createOutput } from '../output.ts';

/** `defrag lambda policies`: what user and role must be allowed on AWS. */
export function lambdaPoliciesCommand(): Command {
  return new Command('policies')
    .description(
      'Print the policies of the AWS user that deploys and renders, and of the role of the function.',
    )
    .option('--json', 'print one JSON object instead of text', false)
    .action(run);
}

async function run(options: { json: boolean }): Promise<void> {
  const { getRolePolicy, getUserPolicy } = await loadPolicies();
  createOutput(options).result(
    {
      user_policy: JSON.parse(getUserPolicy()),
      role_name: ROLE_NAME,
      role_policy: JSON.parse(getRolePolicy()),
    },
    `User policy:\n${getUserPolicy()}\n\nRole policy, of the role ${ROLE_NAME}:\n${getRolePolicy()}`,
  );
}
