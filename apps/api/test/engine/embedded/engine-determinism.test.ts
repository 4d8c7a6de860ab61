import { expect, test } from 'vitest';
import { startTestEngine } from '../support/test-engine.ts';

// Three chunks, the last one short.
const durationMs = 2_200;

test('the bytes are the same with 1, 2 and 4 threads, and at every repetition', {
  timeout: 240_000,
}, async () => {
  const digests: string[] = [];
  for (const concurrency of [1, 2, 4]) {
    const { engine, request } = await startTestEngine({ concurrency });
    digests.push((await engine.render(request({ durationMs }))).contentSha256);
    if (concurrency === 2) digests.push((await engine.render(request({ durationMs }))).contentSha256);
    await engine.close();
  }
  expect(new Set(digests).size).toBe(1);
});

test('renders at the same time do not change each other, and share a thread', {
  timeout: 120_000,
}, async () => {
  const { engine, request, folder } = await startTestEngine({ concurrency: 1 });
  const long = request({ durationMs, outputPath: `${folder}/long.mp4` });
  const short = request({ durationMs: 1_000, outputPath: `${folder}/short.mp4` });
  const alone = [await engine.render(long), await engine.render(short)];

  let longFrames = 0;
  let longFramesWhenShortWasDone = Number.NaN;
  const together = await Promise.all([
    engine.render({
      ...long,
      onProgress(done) {
        longFrames = done;
      },
    }),
    engine.render({
      ...short,
      onProgress(done, total) {
        if (done === total) longFramesWhenShortWasDone = longFrames;
      },
    }),
  ]);
  expect(together).toEqual(alone);
  // The long one began its first chunk before the short one came, was next in line, and then had to let it pass.
  expect(longFramesWhenShortWasDone).toBe(60);
});
