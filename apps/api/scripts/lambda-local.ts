/**
 * `pnpm lambda:local` runs the Lambda engine without AWS, for manual tests. Starts an emulated Lambda, S3 and R2 on this machine, and
 * an API that renders with them. Deletes all data when it ends. PORT, LOG_LEVEL and the API's other variables apply.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whyNotIsolated } from '@defrag/lambda-emulator';
import { startLambdaTestBed } from '../test/support/lambda/test-bed.ts';

const MAIN = new URL('../src/main.ts', import.meta.url).pathname;

const reason = whyNotIsolated();
if (reason !== undefined) {
  console.error(`error: Remotion's function cannot run on this machine: ${reason}`);
  process.exit(1);
}

// A terminal signals the API too; other senders may signal only this process, so forward it.
let api: ChildProcess | undefined;
let isStopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    isStopping = true;
    api?.kill(signal);
  });
}

const folder = await mkdtemp(join(tmpdir(), 'defrag-lambda-local-'));
const logPath = join(folder, 'function.log');
console.log('starting; the first start bundles the composition, which takes longer ...');
const bed = await startLambdaTestBed({ logPath });
console.log(`Lambda  ${bed.lambda.endpoint}, function ${bed.env['REMOTION_AWS_FUNCTION_NAME']}
S3      ${bed.aws.endpoint}, buckets ${bed.env['REMOTION_AWS_BUCKET']} and site
R2      ${bed.r2.endpoint}, bucket ${bed.env['R2_BUCKET']}
log     ${logPath}
Press Ctrl-C to stop.`);

let status: number | null = 0;
if (!isStopping) {
  const env = { ...process.env, DATA_DIR: join(folder, 'data'), ...bed.env, R2_PUBLIC_BASE_URL: '' };
  api = spawn(process.execPath, [MAIN], { env, stdio: 'inherit' });
  [status] = await once(api, 'exit');
}
await bed.close();
await rm(folder, { recursive: true, force: true });
process.exitCode = status ?? 1;
