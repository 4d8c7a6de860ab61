import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { EmbeddedEngine } from '../../../src/engine/embedded/index.ts';
import { mountSmallDisk } from '../../support/small-disk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { disturbed, isRunning } from '../support/disturbed.ts';
import { startTestEngine } from '../support/test-engine.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Process ids of the FFmpegs that encode now. */
function encoders({ pool }: EmbeddedEngine): number[] {
  return pool.threads.flatMap(({ encoderPid }) => encoderPid ?? []);
}

/** No file of the failed render is left, and the next render of the same engine works. */
async function expectCleanAndWorking(test: Awaited<ReturnType<typeof startTestEngine>>) {
  expect(await test.scratchFiles()).toEqual([]);
  expect(await readdir(test.folder)).toEqual(['scratch']);
  expect(await test.engine.render(test.request())).toMatchObject({ frames: 30 });
  expect(test.engine.pool.threads.length).toBeLessThanOrEqual(2);
}

test('cancelling ends the render at once, with its FFmpegs and its files', async () => {
  const test = await startTestEngine();
  const cancelling = new AbortController();
  let cancelledAt = Number.NaN;
  let pids: number[] = [];
  const request = disturbed(test.request({ durationMs: 10_000, signal: cancelling.signal }), 20, () => {
    pids = encoders(test.engine);
    cancelledAt = performance.now();
    cancelling.abort();
  });
  await expect(test.engine.render(request)).rejects.toMatchObject({ code: 'RENDER_CANCELLED' });
  expect(performance.now() - cancelledAt).toBeLessThan(2_000);
  expect(pids.length).toBeGreaterThan(0);
  expect(pids.filter(isRunning)).toEqual([]);
  expect(test.engine.pool.threads).toHaveLength(2);
  await expectCleanAndWorking(test);
});

test('a signal that is aborted already starts nothing', async () => {
  const { engine, request } = await startTestEngine();
  const render = engine.render(request({ signal: AbortSignal.abort() }));
  await expect(render).rejects.toMatchObject({ code: 'RENDER_CANCELLED', retryable: false });
  expect(encoders(engine)).toEqual([]);
});

test('a deadline in the signal makes it a time-out', async () => {
  const test = await startTestEngine();
  const render = test.engine.render(test.request({ durationMs: 10_000, signal: AbortSignal.timeout(300) }));
  await expect(render).rejects.toMatchObject({ code: 'RENDER_TIMED_OUT', retryable: true });
  await expectCleanAndWorking(test);
});

test('a worker that dies fails its render alone, and is replaced', async () => {
  const test = await startTestEngine();
  // The survivor has one chunk and comes first, so that it has the first thread and the other render the second.
  const victim = test.engine.pool.threads[1];
  const survivor = test.engine.render(
    test.request({ outputPath: join(await temporaryFolder(), 'survivor.mp4') }),
  );
  const request = disturbed(test.request({ durationMs: 4_000 }), 5, () => void victim?.worker.terminate());
  await expect(test.engine.render(request)).rejects.toMatchObject({
    code: 'RENDER_WORKER_DIED',
    retryable: true,
  });
  expect(await survivor).toMatchObject({ frames: 30 });
  expect(test.engine.pool.threads).not.toContain(victim);
  await expectCleanAndWorking(test);
});

test('an FFmpeg that is killed fails the render', async () => {
  const test = await startTestEngine();
  const request = disturbed(test.request({ durationMs: 4_000 }), 10, () => {
    process.kill(encoders(test.engine)[0] as number, 'SIGKILL');
  });
  await expect(test.engine.render(request)).rejects.toMatchObject({
    code: 'RENDER_ENCODER_FAILED',
    message: 'FFmpeg was ended by SIGKILL',
    retryable: true,
  });
  await expectCleanAndWorking(test);
});

test('an FFmpeg that stands still is given up', async ({ skip }) => {
  skip(process.platform === 'win32', 'Windows cannot stop a process');
  const test = await startTestEngine({ stallTimeoutMs: 3_000 });
  let stopped = 0;
  const request = disturbed(test.request({ durationMs: 4_000 }), 10, () => {
    stopped = encoders(test.engine)[0] as number;
    process.kill(stopped, 'SIGSTOP');
  });
  await expect(test.engine.render(request)).rejects.toMatchObject({ code: 'RENDER_TIMED_OUT' });
  expect(test.engine.pool.threads.map(({ encoderPid }) => encoderPid)).not.toContain(stopped);
  await expectCleanAndWorking(test);
});

test('a full disk under the scratch folder is named', async ({ skip }) => {
  const scratchDir = join(await temporaryFolder(), 'small');
  skip(!(await mountSmallDisk(scratchDir, 64)), 'mounting a small disk takes Linux and root');
  const { engine, request, folder, scratchFiles } = await startTestEngine({ scratchDir });
  await expect(engine.render(request())).rejects.toMatchObject({
    code: 'RENDER_OUT_OF_SPACE',
    retryable: true,
  });
  expect(await scratchFiles()).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

test('a full disk under the output is named, and what was there before stays', async ({ skip }) => {
  const outputFolder = join(await temporaryFolder(), 'small');
  skip(!(await mountSmallDisk(outputFolder, 64)), 'mounting a small disk takes Linux and root');
  const { engine, request, scratchFiles } = await startTestEngine();
  const outputPath = join(outputFolder, 'video.mp4');
  await writeFile(outputPath, 'an older video');
  await expect(engine.render(request({ outputPath }))).rejects.toMatchObject({ code: 'RENDER_OUT_OF_SPACE' });
  expect(await readFile(outputPath, 'utf8')).toBe('an older video');
  expect(await readdir(outputFolder)).toEqual(['video.mp4']);
  expect(await scratchFiles()).toEqual([]);
});

test('a listener that throws fails its render alone', async () => {
  const test = await startTestEngine();
  const cause = new Error('the listener is wrong');
  const request = disturbed(test.request(), 5, () => {
    throw cause;
  });
  await expect(test.engine.render(request)).rejects.toMatchObject({ code: 'RENDER_FAILED', cause });
  await expectCleanAndWorking(test);
});

test('closing ends what is in work, leaves no file and no FFmpeg, and may be done twice', async () => {
  const { engine, request, folder } = await startTestEngine();
  let pids: number[] = [];
  let closed: Promise<void> | undefined;
  const render = engine.render(
    disturbed(request({ durationMs: 10_000 }), 20, () => {
      pids = encoders(engine);
      closed = engine.close();
    }),
  );
  await expect(render).rejects.toMatchObject({ code: 'RENDER_CANCELLED', message: 'The engine was closed' });
  await closed;
  await engine.close();
  expect(pids.filter(isRunning)).toEqual([]);
  expect(engine.pool.threads).toEqual([]);
  expect(await readdir(folder, { recursive: true })).toEqual(['scratch']);
  await expect(engine.render(request())).rejects.toMatchObject({ code: 'RENDER_CANCELLED' });
});
