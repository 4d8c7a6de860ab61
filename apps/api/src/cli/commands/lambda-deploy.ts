import { Command } from 'commander';
import { readEnv } from '../../env.ts';
import { prepareDataDir } from '../../files/data-dir.ts';
import { parseWholeNumber } from '../arguments.ts';
import { DEFAULT_FUNCTION_SIZE as DEFAULTS, deploy } from '../lambda/deploy.ts';
import { readLambdaVariables } from '../lambda/lambda-variables.ts';
import { createOutput } from '../output.ts';

interface DeployOptions {
  memoryMb: number;
  diskMb: number;
  timeoutSeconds: number;
  json: boolean;
}

/** `defrag lambda deploy`: deploys function and site, and prints the environment to set. */
export function lambdaDeployCommand(): Command {
  return new Command('deploy')
    .description('Deploy function and site to AWS and print the environment to set. Keeps what exists.')
    .option(
      '--memory-mb <n>',
      'memory of the function, 512..10240',
      parseWholeNumber(512, 10_240),
      DEFAULTS.memoryMb,
    )
    .option(
      '--disk-mb <n>',
      'disk space of the function, 512..10240',
      parseWholeNumber(512, 10_240),
      DEFAULTS.diskMb,
    )
    .option(
      '--timeout-seconds <n>',
      'timeout of one invocation, 15..900',
      parseWholeNumber(15, 900),
      DEFAULTS.timeoutSeconds,
    )
    .option('--json', 'print one JSON object instead of text', false)
    .action(run);
}

async function run(options: DeployOptions): Promise<void> {
  const variables = readLambdaVariables();
  const { bundlesDir } = await prepareDataDir(readEnv().DATA_DIR);
  const deployed = await deploy(variables, {
    size: options,
    bundlesDir,
    onStep: (step) => void process.stderr.write(`${step} ...\n`),
  });
  createOutput(options).result(
    { ...deployed },
    [
      `${deployed.function_is_new ? 'deployed' : 'exists'}: ${deployed.function_name}`,
      `${deployed.uploaded_files > 0 ? `uploaded ${deployed.uploaded_files} files` : 'exists'}: ${deployed.site}`,
      'Set this for API and workers, with REMOTION_AWS_ACCESS_KEY_ID, REMOTION_AWS_SECRET_ACCESS_KEY,',
      'REMOTION_AWS_WEBHOOK_SECRET (such as the output of openssl rand -hex 24) and the R2_ variables:',
      '',
      ...Object.entries(deployed.environment).map(([name, value]) => `${name}=${value}`),
    ].join('\n'),
  );
}
