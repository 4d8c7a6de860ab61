import { Command } from 'commander';
import { loadPolicies, ROLE_NAME } from '../lambda/aws.ts';
import { createOutput } from '../output.ts';
import { lambdaDeployCommand } from './lambda-deploy.ts';
import { lambdaDoctorCommand } from './lambda-doctor.ts';
import { lambdaTeardownCommand } from './lambda-teardown.ts';

export function lambdaCommand(): Command {
  return new Command('lambda')
    .description('Deploy, check and remove what the engine lambda needs on AWS.')
    .addCommand(policiesCommand())
    .addCommand(lambdaDeployCommand())
    .addCommand(lambdaDoctorCommand())
    .addCommand(lambdaTeardownCommand());
}

function policiesCommand(): Command {
  return new Command('policies')
    .description(
      'Print the policies of the AWS user that deploys and renders, and of the role of the function.',
    )
    .option('--json', 'print one JSON object instead of text', false)
    .action(async (options: { json: boolean }) => {
      const { getRolePolicy, getUserPolicy } = await loadPolicies();
      createOutput(options).result(
        {
          user_policy: JSON.parse(getUserPolicy()),
          role_name: ROLE_NAME,
          role_policy: JSON.parse(getRolePolicy()),
        },
        `User policy:\n${getUserPolicy()}\n\nRole policy of ${ROLE_NAME}:\n${getRolePolicy()}`,
      );
    });
}
