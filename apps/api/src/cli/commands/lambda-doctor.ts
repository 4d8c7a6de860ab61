import { Command } from 'commander';
import { publicBaseUrlOf, readEnv } from '../../env.ts';
import { prepareDataDir } from '../../files/data-dir.ts';
import { openStore } from '../../process/open-store.ts';
import { parseOrigin } from '../arguments.ts';
import { diagnose, type Finding } from '../lambda/doctor.ts';
import { readLambdaVariables } from '../lambda/lambda-variables.ts';
import { createOutput } from '../output.ts';

interface DoctorFlags {
  origin?: string;
  json: boolean;
}

/** `defrag lambda doctor`: checks everything that a render on Lambda needs. */
export function lambdaDoctorCommand(): Command {
  return new Command('doctor')
    .description(
      'Check everything that a render on AWS needs and say what to do. The exit status is 1 if a check fails.',
    )
    .option(
      '--origin <origin>',
      'of a page that shows videos (default: the first of CORS_ORIGINS, else any origin)',
      parseOrigin,
    )
    .option('--json', 'print one JSON object instead of text', false)
    .action(run);
}

/** Only the rule `*` allows this origin. */
const ANY_ORIGIN = 'https://any-origin.example';

async function run(options: DoctorFlags): Promise<void> {
  const variables = readLambdaVariables();
  const env = readEnv();
  const dataDir = await prepareDataDir(env.DATA_DIR);
  const publicBaseUrl = publicBaseUrlOf(env);
  const store = await openStore({ env, dataDir, publicBaseUrl });
  const firstOrigin = env.CORS_ORIGINS.find((origin) => origin !== '*');
  try {
    const origin = options.origin ?? firstOrigin ?? ANY_ORIGIN;
    const findings = await diagnose(variables, { store, publicBaseUrl, origin }, (finding) => {
      if (!options.json) process.stdout.write(`${line(finding)}\n`);
    });
    const wrong = findings.filter(({ ok }) => !ok).length;
    createOutput(options).result(
      { ok: wrong === 0, checks: findings },
      wrong === 0 ? 'all checks passed' : `${wrong} of ${findings.length} checks failed`,
    );
    if (wrong > 0) process.exitCode = 1;
  } finally {
    await store.close();
  }
}

function line({ name, ok, found, remedy }: Finding): string {
  const text = `${ok ? 'OK  ' : 'FAIL'} ${name}: ${found}`;
  return remedy === null ? text : `${text}\n     ${remedy}`;
}
