import { Command } from 'commander';
import { publicBaseUrlOf, readEnv } from '../../env.ts';
import { prepareDataDir } from '../../files/data-dir.ts';
import { openStore } from '../../process/open-store.ts';
import { parseOrigin } from '../arguments.ts';
import type { Finding } from '../lambda/doctor/check.ts';
import { diagnose } from '../lambda/doctor/diagnose.ts';
import { readLambdaVariables } from '../lambda/lambda-variables.ts';
import { createOutput } from '../output.ts';

interface DoctorOptions {
  origin?: string;
  json: boolean;
}

/** `defrag lambda doctor`: whether all is there that a render on Lambda needs; exit status 1 where something is not. */
export function lambdaDoctorCommand(): Command {
  return new Command('doctor')
    .description(
      'Look at all that a render on AWS needs, and say what to do. Exit status 1 where something is wrong.',
    )
    .option(
      '--origin <origin>',
      'a page that shows videos; by default the first of CORS_ORIGINS, else any one',
      parseOrigin,
    )
    .option('--json', 'print one JSON object instead of text', false)
    .action(run);
}

/** An origin that no rule names: only `*` lets it in. */
const ANY_ORIGIN = 'https://any-origin.example';

async function run(options: DoctorOptions): Promise<void> {
  const variables = readLambdaVariables();
  const env = readEnv();
  const dataDir = await prepareDataDir(env.DATA_DIR);
  const publicBaseUrl = publicBaseUrlOf(env);
  const store = await openStore({ env, dataDir, publicBaseUrl });
  const firstOrigin = env.CORS_ORIGINS.find((origin) => origin !== '*');
  try {
    const findings = await diagnose(variables, {
      store,
      publicBaseUrl,
      origin: options.origin ?? firstOrigin ?? ANY_ORIGIN,
      onFinding: (finding) => {
        if (!options.json) process.stdout.write(`${line(finding)}\n`);
      },
    });
    const wrong = findings.filter(({ ok }) => !ok).length;
    createOutput(options).result(
      { ok: wrong === 0, checks: findings },
      wrong === 0 ? 'all is well' : `${wrong} of ${findings.length} checks failed`,
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
