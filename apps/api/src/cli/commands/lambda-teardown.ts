import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { StartupError } from '../../process/startup-error.ts';
import { readLambdaVariables } from '../lambda/lambda-variables.ts';
import { planTeardown } from '../lambda/teardown.ts';
import { createOutput } from '../output.ts';

interface TeardownOptions {
  yes: boolean;
  json: boolean;
}

/** `defrag lambda teardown`: removes what `deploy` has created. */
export function lambdaTeardownCommand(): Command {
  return new Command('teardown')
    .description(
      'Remove the functions of this version of Remotion and the sites of this renderer version from AWS.',
    )
    .option('--yes', 'remove without asking', false)
    .option('--json', 'print one JSON object instead of text', false)
    .action(run);
}

async function run(options: TeardownOptions): Promise<void> {
  const plan = await planTeardown(readLambdaVariables());
  const things = [
    ...plan.functions.map((name) => `function ${name}`),
    ...plan.sites.map(({ name, bucket }) => `site ${name} in ${bucket}`),
  ];
  if (things.length > 0) {
    if (!options.yes) await confirm(things);
    await plan.run();
  }
  createOutput(options).result(
    {
      removed_functions: plan.functions,
      removed_sites: plan.sites.map(({ name }) => name),
      buckets_left: plan.buckets,
    },
    [
      ...(things.length === 0 ? ['nothing to remove'] : things.map((thing) => `removed ${thing}`)),
      ...(plan.buckets.length === 0
        ? []
        : [
            `The buckets (${plan.buckets.join(', ')}), role and user stay. If nobody needs them, delete them in the AWS console.`,
          ]),
    ].join('\n'),
  );
}

/** @throws StartupError unless the user types yes */
async function confirm(things: readonly string[]): Promise<void> {
  const list = things.map((thing) => `  ${thing}`).join('\n');
  if (!process.stdin.isTTY) {
    throw new StartupError(`Nothing was removed. --yes would remove:\n${list}`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`This will be removed:\n${list}\nType yes to continue: `);
    if (answer.trim() !== 'yes') throw new StartupError('Nothing was removed.');
  } finally {
    terminal.close();
  }
}
