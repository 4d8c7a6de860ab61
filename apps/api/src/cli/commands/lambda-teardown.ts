import { createInterface } from 'node:readline/promises';
import { Command } from 'commander';
import { StartupError } from '../../process/startup-error.ts';
import { findSites, listFunctions, openAws } from '../lambda/aws.ts';
import { withAws } from '../lambda/aws-error.ts';
import { readLambdaVariables } from '../lambda/lambda-variables.ts';
import { createOutput } from '../output.ts';

interface TeardownOptions {
  yes: boolean;
  json: boolean;
}

/**
 * `defrag lambda teardown`: removes the functions of the installed version of Remotion, of any size, and the sites of this
 * renderer version. Other versions may still be in use and are left alone, as are the buckets.
 */
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
  const variables = readLambdaVariables();
  const aws = await openAws(variables.REMOTION_AWS_REGION);
  const { remotion, region } = aws;
  const [functions, { sites, buckets }] = await withAws('Nothing was removed', async () => [
    await listFunctions(aws),
    await findSites(aws, variables.REMOTION_AWS_BUCKET),
  ]);
  const things = [
    ...functions.map((name) => `function ${name}`),
    ...sites.map(({ name, bucket }) => `site ${name} in ${bucket}`),
  ];
  if (things.length > 0 && !options.yes) await confirm(things);
  // Functions first, so that none loads a site while it is removed.
  for (const functionName of functions) {
    await withAws(`The function ${functionName} was not removed`, () =>
      remotion.deleteFunction({ region, functionName }),
    );
  }
  for (const { name, bucket } of sites) {
    await withAws(`The site ${name} was not removed`, () =>
      remotion.deleteSite({ region, bucketName: bucket, siteName: name }),
    );
  }
  const left = `The buckets (${buckets.join(', ')}), role and user stay. If nobody needs them, delete them in the AWS console.`;
  createOutput(options).result(
    {
      removed_functions: functions,
      removed_sites: sites.map(({ name }) => name),
      buckets_left: buckets,
    },
    [
      ...(things.length === 0 ? ['nothing to remove'] : things.map((thing) => `removed ${thing}`)),
      ...(buckets.length === 0 ? [] : [left]),
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
