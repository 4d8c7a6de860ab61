/**
 * Measures invocations of Remotion's function on the emulated Lambda: `node apps/api/scripts/measure-lambda.ts`. Renders one chunk at a
 * time, so that it has the processors to itself, as on AWS, with workers warmed up by one render. From chunks of different lengths it
 * fits seconds per invocation and per frame, and calculates time and cost of a six-second video for each chunk length.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { videoInputs } from '@defrag/core';
import type { Invocation } from '@defrag/lambda-emulator';
import { createLambdaAws } from '../src/engine/lambda/aws.ts';
import { lambdaSettingsOf, readEnv } from '../src/env.ts';
import { incomingKey } from '../src/store/video-key.ts';
import { startLambdaTestBed } from '../test/support/lambda/test-bed.ts';

/** US dollars per gigabyte-second on arm64, and per request, in most regions (2025). */
const PRICE = { gigabyteSecond: 0.0000133334, request: 0.0000002 };
const MEMORY_GIGABYTES = 2;
const FRAMES = 180;
const MEASURED_LENGTHS = [10, 20, 60];
const SHOWN_LENGTHS = [10, 15, 20, 30, 45, 60, 90, 180];

const folder = await mkdtemp(join(tmpdir(), 'defrag-measure-lambda-'));
const bed = await startLambdaTestBed({
  logPath: join(folder, 'function.log'),
  concurrency: 2,
  timeoutSeconds: 600,
});
Object.assign(process.env, bed.env);
const settings = lambdaSettingsOf(
  readEnv({ ...bed.env, RENDER_TIMEOUT_SECONDS: '700' }),
  'http://127.0.0.1:9/',
);
if (settings === undefined) throw new Error('the Lambda settings are incomplete');
const aws = createLambdaAws(settings);
const inputs = videoInputs({ frictionScore: 93, pressureScore: 90, seed: 'measured', durationMs: 2_000 });

/** Renders two seconds of video. @returns the seconds that each chunk took, and those that `launch` took beyond them */
async function render(framesPerLambda: number) {
  const from = bed.lambda.invocations.length;
  const id = crypto.randomUUID();
  const key = incomingKey(inputs.key, id);
  const renderId = await aws.invoke({ id, inputs, videoHash: inputs.hash, objectKey: key, framesPerLambda });
  while (!(await aws.progress(renderId)).done) await delay(500);
  const seconds = (routine: string) => (invocation: Invocation) =>
    invocation.routine === routine && invocation.durationMs !== undefined
      ? [invocation.durationMs / 1_000]
      : [];
  while (bed.lambda.invocations.slice(from).some(({ outcome }) => outcome === undefined)) await delay(500);
  const mine = bed.lambda.invocations.slice(from);
  const chunks = mine.flatMap(seconds('renderer'));
  const launch = mine.flatMap(seconds('launch')).reduce((sum, each) => sum + each, 0);
  return { chunks, overhead: launch - chunks.reduce((sum, each) => sum + each, 0) };
}

await render(60);
const points: { frames: number; seconds: number }[] = [];
const overheads: number[] = [];
for (const frames of MEASURED_LENGTHS) {
  const { chunks, overhead } = await render(frames);
  console.log(
    `chunks of ${frames} frames: ${chunks.map((each) => each.toFixed(1)).join(' ')} s; launch overhead ${overhead.toFixed(1)} s`,
  );
  points.push(...chunks.map((seconds) => ({ frames, seconds })));
  overheads.push(overhead);
}
for (const [name, server] of [
  ['S3', bed.aws],
  ['R2', bed.r2],
] as const) {
  // Browsers read the site, and a cache in front of it may answer them, so its requests are not counted.
  const operations = server.requests
    .filter(({ bucket }) => bucket !== 'site')
    .map(({ operation }) => operation);
  const counts = [...new Set(operations)].map(
    (each) => `${each} ${operations.filter((one) => one === each).length}`,
  );
  console.log(
    `requests to ${name} in ${MEASURED_LENGTHS.length + 1} renders of two seconds: ${counts.join(', ')}`,
  );
}
await bed.close();
await rm(folder, { recursive: true, force: true });

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const meanFrames = mean(points.map(({ frames }) => frames));
const meanSeconds = mean(points.map(({ seconds }) => seconds));
const perFrame =
  points.reduce((sum, { frames, seconds }) => sum + (frames - meanFrames) * (seconds - meanSeconds), 0) /
  points.reduce((sum, { frames }) => sum + (frames - meanFrames) ** 2, 0);
const perChunk = meanSeconds - perFrame * meanFrames;
const perRender = mean(overheads);
console.log(
  `an invocation takes ${perChunk.toFixed(2)} s and ${perFrame.toFixed(3)} s per frame; the overhead of a render is ${perRender.toFixed(1)} s`,
);
console.log(
  '| frames per invocation | chunks | seconds until done | billed seconds | US dollars per 1,000 videos |',
);
console.log('|---|---|---|---|---|');
for (const length of SHOWN_LENGTHS) {
  const chunks = Math.ceil(FRAMES / length);
  const wall = perRender + perChunk + perFrame * Math.min(length, FRAMES);
  const billed = wall + chunks * perChunk + FRAMES * perFrame;
  const dollars = billed * MEMORY_GIGABYTES * PRICE.gigabyteSecond + (chunks + 2) * PRICE.request;
  console.log(
    `| ${length} | ${chunks} | ${wall.toFixed(1)} | ${billed.toFixed(1)} | ${(dollars * 1_000).toFixed(2)} |`,
  );
}
