import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { RemotionEngine } from '../../../src/engine/remotion/index.ts';
import { mountSmallDisk } from '../../support/small-disk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { childProcesses } from '../support/child-processes.ts';
import { interrupted, isRunning } from '../support/interrupted.ts';
import { openRemotionEngine, TEST_BUNDLES_DIR, testRequest } from '../support/test-requests.ts';

vi.setConfig({ testTimeout: 240_000 });

const SCRIPT = new URL('../support/render-in-process.ts', import.meta.url).pathname;

/** In one second of video, the frame after which capturing is over and FFmpeg is encoding. */
const ENCODING_FRAME = 23;

// The tests read the state of other processes from /proc.
const onLinux = test.skipIf(process.platform !== 'linux');

/** One engine for all failures, so that each test also shows that the engine survived the previous one. */
let engine: RemotionEngine;
beforeAll(async () => {
  engine = await openRemotionEngine();
}, 300_000);
afterAll(() => engine?.close());

/** Process ids of an engine's browsers, each the leader of a process group, and of its FFmpeg processes. */
function helpersOf({ processes }: RemotionEngine) {
  const pids = [...processes].map(({ pid, browserPid }) => ({ pid, browserPid }));
  const children = pids.flatMap(({ pid }) => (pid === undefined ? [] : childProcesses(pid)));
  return {
    browsers: pids.flatMap(({ browserPid }) => browserPid ?? []),
    ffmpegs: children.filter(({ name }) => name === 'ffmpeg').map(({ pid }) => pid),
  };
}

/** Waits until none of these processes runs; a negative id means a process group. */
async function expectGone(pids: readonly number[]) {
  expect(pids.length).toBeGreaterThan(0);
  await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 10_000 });
}

onLinux('ends with RENDER_WORKER_DIED when the browser dies', async () => {
  // Kill the whole group: the browser may have been started by a script, which would be the only one to die.
  const kill = () => process.kill(-(helpersOf(engine).browsers[0] as number), 'SIGKILL');
  await expect(engine.render(interrupted(testRequest(), 8, kill))).rejects.toMatchObject({
    code: 'RENDER_WORKER_DIED',
    retryable: true,
  });
  expect(engine.processes.size).toBe(0);
});

onLinux('leaves no browser when a render is cancelled while the browser starts', async () => {
  const cancelling = new AbortController();
  const render = engine.render(testRequest({ signal: cancelling.signal }));
  const ended = expect(render).rejects.toMatchObject({ code: 'RENDER_CANCELLED' });
  const browser = await vi.waitFor(
    () => {
      const [pid] = helpersOf(engine).browsers;
      if (pid === undefined) throw new Error('The browser has not started yet');
      return pid;
    },
    { timeout: 60_000, interval: 5 },
  );
  cancelling.abort();
  await ended;
  await expectGone([-browser]);
  expect(engine.processes.size).toBe(0);
});

onLinux('leaves no browser and no FFmpeg when a render is cancelled while encoding', async () => {
  const cancelling = new AbortController();
  let pids: number[] = [];
  const request = interrupted(testRequest({ signal: cancelling.signal }), ENCODING_FRAME, () => {
    const { browsers, ffmpegs } = helpersOf(engine);
    expect(ffmpegs).toHaveLength(1);
    pids = [...browsers.map((pid) => -pid), ...ffmpegs];
    cancelling.abort();
  });
  await expect(engine.render(request)).rejects.toMatchObject({ code: 'RENDER_CANCELLED' });
  await expectGone(pids);
});

test('starts nothing when the signal is already aborted, and ends with RENDER_TIMED_OUT at a deadline', async () => {
  const aborted = engine.render(testRequest({ signal: AbortSignal.abort() }));
  await expect(aborted).rejects.toMatchObject({ code: 'RENDER_CANCELLED', retryable: false });
  expect(engine.processes.size).toBe(0);
  const late = engine.render(testRequest({ signal: AbortSignal.timeout(300) }));
  await expect(late).rejects.toMatchObject({ code: 'RENDER_TIMED_OUT', retryable: true });
  expect(engine.processes.size).toBe(0);
});

onLinux('ends with RENDER_ENCODER_FAILED when FFmpeg is killed', async () => {
  const request = interrupted(testRequest(), ENCODING_FRAME, () => {
    process.kill(helpersOf(engine).ffmpegs[0] as number, 'SIGKILL');
  });
  await expect(engine.render(request)).rejects.toMatchObject({
    code: 'RENDER_ENCODER_FAILED',
    retryable: true,
  });
});

onLinux('ends with RENDER_TIMED_OUT when FFmpeg is suspended, and kills it', async () => {
  const impatient = await openRemotionEngine({ stallTimeoutMs: 10_000 });
  let ffmpeg = 0;
  const request = interrupted(testRequest(), ENCODING_FRAME, () => {
    ffmpeg = helpersOf(impatient).ffmpegs[0] as number;
    process.kill(ffmpeg, 'SIGSTOP');
  });
  await expect(impatient.render(request)).rejects.toMatchObject({
    code: 'RENDER_TIMED_OUT',
    retryable: true,
  });
  await expectGone([ffmpeg]);
  await impatient.close();
});

test('ends with RENDER_OUT_OF_SPACE when the scratch disk is full', async ({ skip }) => {
  const scratch = join(await temporaryFolder(), 'small');
  skip(!(await mountSmallDisk(scratch, 64)), 'mounting a small disk requires Linux and root');
  await expect(engine.render(testRequest({ scratch }))).rejects.toMatchObject({
    code: 'RENDER_OUT_OF_SPACE',
    retryable: true,
  });
});

onLinux('close ends running and later renders with RENDER_CANCELLED, and can be called twice', async () => {
  const closing = await openRemotionEngine();
  let browsers: number[] = [];
  let closed: Promise<void> | undefined;
  const render = closing.render(
    interrupted(testRequest(), 8, () => {
      ({ browsers } = helpersOf(closing));
      closed = closing.close();
    }),
  );
  const cancelled = { code: 'RENDER_CANCELLED', message: 'The engine was closed.' };
  await expect(render).rejects.toMatchObject(cancelled);
  await closed;
  await closing.close();
  await expectGone(browsers.map((pid) => -pid));
  await expect(closing.render(testRequest())).rejects.toMatchObject(cancelled);
});

onLinux('a killed process leaves no browser, no video and no temporary file', async () => {
  const folder = await temporaryFolder();
  const temporary = join(folder, 'tmp');
  const scratch = join(folder, 'scratch');
  await Promise.all([mkdir(temporary), mkdir(scratch)]);
  const child = spawn(process.execPath, [SCRIPT, 'remotion', scratch, TEST_BUNDLES_DIR, '10000'], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let helpers: number[] = [];
  createInterface(child.stdout).on('line', (line) => {
    ({ helpers } = JSON.parse(line));
    child.kill('SIGKILL');
  });
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  expect(helpers).toHaveLength(2);
  await expectGone(helpers);
  await vi.waitFor(async () => expect(await readdir(temporary)).toEqual([]), { timeout: 10_000 });
  expect(await readdir(scratch)).not.toContain('video.m4v');
});

test('fails to start without a browser, and the error says what to do', async () => {
  vi.stubEnv('DEFRAG_BROWSER', join(await temporaryFolder(), 'none'));
  await expect(openRemotionEngine()).rejects.toMatchObject({
    name: 'StartupError',
    message: expect.stringMatching(
      /^RENDER_ENGINE=remotion draws in a browser\. The browser .*none of DEFRAG_BROWSER does not start\.$/,
    ),
  });
  vi.unstubAllEnvs();
});
