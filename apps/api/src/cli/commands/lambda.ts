import { Command } from 'commander';
import { lambdaDeployCommand } from './lambda-deploy.ts';
import { lambdaDoctorCommand } from './lambda-doctor.ts';
import { lambdaPoliciesCommand } from './lambda-policies.ts';
import { lambdaTeardownCommand } from './lambda-teardown.ts';

/** `defrag lambda`: what the engine `lambda` needs on AWS. */
export function lambdaCommand(): Command {
  return new Command('lambda')
    .description('Deploy, examine and remove what the engine lambda needs on AWS.')
    .addCommand(lambdaPoliciesCommand())
    .addCommand(lambdaDeployCommand())
    .addCommand(lambdaDoctorCommand())
    .addCommand(lambdaTeardownCommand());
}
