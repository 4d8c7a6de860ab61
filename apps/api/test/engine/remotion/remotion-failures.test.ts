import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test, vi } from 'vitest';
import type { RemotionEngine } from '../../../src/engine/remotion/index.ts';
import { claimScratchFolder } from '../../../src/files/scratch-folder.ts';
import { mountSmallDisk } from '../../support/small-disk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { childProcesses, listeningAddresses } from '../support/child-processes.ts';
import { disturbed, isRunning } from '../support/disturbed.ts';
import { startRemotionTestEngine, TEST_BUNDLES_DIR } from '../support/remotion-test-engine.ts';

vi.setConfig({ testTimeout: 240_000 });

const SCRIPT = new URL('../support/render-remotion-in-process.ts', import.meta.url).pathname;

const onLinux = process.platform === 'linux';
const READS_PROC = 'other processes are looked at in /proc';

/** Frames of a second of video after which capturing is over and FFmpeg works. */
const ENCODING_FRAME = 23;

type TestEngine = Awaited<ReturnType<typeof startRemotionTestEngine>>;

/** Process ids of the browsers, each the first of a group of processes, and of the FFmpegs that work for an engine. */
function helpersOf({ processes }: RemotionEngine) {
  const children = processes.flatMap(({ pid }) => (pid === undefined ? [] : childProcesses(pid)));
  return {
    browsers: processes.flatMap(({ browserPid }) => browserPid ?? []),
    ffmpegs: children.filter(({ name }) => name === 'ffmpeg').map(({ pid }) => pid),
  };
}

/** No file of the failed render is left, and the next render works, in a new browser. */
async function expectCleanAndWorking(test: TestEngine) {
  await expectClean(test);
  expect(await test.engine.render(test.request())).toMatchObject({ frames: 30 });
  expect(test.engine.processes).toHaveLength(1);
}

async function expectClean({ engine, folder, scratchFiles }: TestEngine) {
  expect(await scratchFiles()).toEqual([]);
  expect(await readdir(folder)).toEqual(['scratch']);
  expect(engine.processes).toEqual([]);
}

test('a browser that dies fails its render for now; the next one opens a new one, also when it died idle', async ({
  skip,
}) => {
  skip(!onLinux, READS_PROC);
  const test = await startRemotionTestEngine();
  // The whole group: where the browser is started by a script, that alone would not do.
  const kill = () => process.kill(-(helpersOf(test.engine).browsers[0] as number), 'SIGKILL');
  await expect(test.engine.render(disturbed(test.request(), 8, kill))).rejects.toMatchObject({
    code: 'RENDER_WORKER_DIED',
    retryable: true,
  });
  await expectCleanAndWorking(test);

  const [idle] = test.engine.processes;
  kill();
  await vi.waitFor(() => expect(idle?.isUsable).toBe(false), { timeout: 10_000 });
  expect(await test.engine.render(test.request())).toMatchObject({ frames: 30 });
  expect(test.engine.processes).not.toContain(idle);
});

test.for([
  { stage: 'capturing', atFrame: 8 },
  { stage: 'encoding', atFrame: ENCODING_FRAME },
])(
  'cancelling while $stage ends the render at once, with its browser, its FFmpeg and its files',
  async ({ atFrame }, { skip }) => {
    skip(!onLinux, READS_PROC);
    const test = await startRemotionTestEngine();
    const cancelling = new AbortController();
    let pids: number[] = [];
    const request = disturbed(test.request({ signal: cancelling.signal }), atFrame, () => {
      const { browsers, ffmpegs } = helpersOf(test.engine);
      expect(ffmpegs).toHaveLength(atFrame === ENCODING_FRAME ? 1 : 0);
      pids = [...browsers.map((pid) => -pid), ...ffmpegs];
      cancelling.abort();
    });
    await expect(test.engine.render(request)).rejects.toMatchObject({ code: 'RENDER_CANCELLED' });
    expect(pids.length).toBeGreaterThan(0);
    await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 10_000 });
    await expectClean(test);
  },
);

test('a signal that is aborted already starts nothing; a deadline in it makes a time-out', async () => {
  const test = await startRemotionTestEngine();
  const aborted = test.engine.render(test.request({ signal: AbortSignal.abort() }));
  await expect(aborted).rejects.toMatchObject({ code: 'RENDER_CANCELLED', retryable: false });
  expect(test.engine.processes).toEqual([]);
  const late = test.engine.render(test.request({ signal: AbortSignal.timeout(300) }));
  await expect(late).rejects.toMatchObject({ code: 'RENDER_TIMED_OUT', retryable: true });
  await expectClean(test);
});

test('cancelling while the browser opens leaves no browser', async ({ skip }) => {
  skip(!onLinux, READS_PROC);
  const test = await startRemotionTestEngine();
  const cancelling = new AbortController();
  const render = test.engine.render(test.request({ signal: cancelling.signal }));
  const ended = expect(render).rejects.toMatchObject({ code: 'RENDER_CANCELLED' });
  const browser = await vi.waitFor(
    () => {
      const [pid] = helpersOf(test.engine).browsers;
      if (pid === undefined) throw new Error('The browser is not started yet');
      return pid;
    },
    { timeout: 60_000, interval: 5 },
  );
  cancelling.abort();
  await ended;
  await vi.waitFor(() => expect(isRunning(-browser)).toBe(false), { timeout: 10_000 });
  await expectClean(test);
});

test.for([
  { signal: 'SIGKILL', code: 'RENDER_ENCODER_FAILED' },
  { signal: 'SIGSTOP', code: 'RENDER_TIMED_OUT' },
] as const)('an FFmpeg that gets $signal ends the render with $code', async ({ signal, code }, { skip }) => {
  skip(!onLinux, READS_PROC);
  const test = await startRemotionTestEngine(signal === 'SIGSTOP' ? { stallTimeoutMs: 10_000 } : {});
  let ffmpeg = 0;
  const request = disturbed(test.request(), ENCODING_FRAME, () => {
    ffmpeg = helpersOf(test.engine).ffmpegs[0] as number;
    process.kill(ffmpeg, signal);
  });
  await expect(test.engine.render(request)).rejects.toMatchObject({ code, retryable: true });
  await vi.waitFor(() => expect(isRunning(ffmpeg)).toBe(false), { timeout: 10_000 });
  await expectClean(test);
});

test('a full disk under the scratch folder is named', async ({ skip }) => {
  const scratchDir = join(await temporaryFolder(), 'small');
  skip(!(await mountSmallDisk(scratchDir, 64)), 'mounting a small disk takes Linux and root');
  const { engine, request, folder, scratchFiles } = await startRemotionTestEngine({ scratchDir });
  await expect(engine.render(request())).rejects.toMatchObject({
    code: 'RENDER_OUT_OF_SPACE',
    retryable: true,
  });
  expect(await scratchFiles()).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
});

test('a listener that throws fails its render', async () => {
  const test = await startRemotionTestEngine();
  const cause = new Error('the listener is wrong');
  const request = disturbed(test.request(), 5, () => {
    throw cause;
  });
  await expect(test.engine.render(request)).rejects.toMatchObject({ code: 'RENDER_FAILED', cause });
  await expectClean(test);
});

test('closing ends what is in work, leaves no file and no browser, and may be done twice', async ({
  skip,
}) => {
  skip(!onLinux, READS_PROC);
  const { engine, request, folder } = await startRemotionTestEngine();
  let browsers: number[] = [];
  let closed: Promise<void> | undefined;
  const render = engine.render(
    disturbed(request(), 8, () => {
      ({ browsers } = helpersOf(engine));
      closed = engine.close();
    }),
  );
  await expect(render).rejects.toMatchObject({ code: 'RENDER_CANCELLED', message: 'The engine was closed' });
  await closed;
  await engine.close();
  expect(browsers).toHaveLength(1);
  await vi.waitFor(() => expect(browsers.filter((pid) => isRunning(-pid))).toEqual([]), { timeout: 10_000 });
  expect(await readdir(folder, { recursive: true })).toEqual(['scratch']);
  await expect(engine.render(request())).rejects.toMatchObject({ code: 'RENDER_CANCELLED' });
});

test('a process that is killed leaves no browser, no video, and nothing that the next one would not remove', async ({
  skip,
}) => {
  skip(!onLinux, READS_PROC);
  const folder = await temporaryFolder();
  const temporary = join(folder, 'tmp');
  await mkdir(temporary);
  const child = spawn(process.execPath, [SCRIPT, folder, TEST_BUNDLES_DIR], {
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
  await vi.waitFor(() => expect(helpers.filter(isRunning)).toEqual([]), { timeout: 10_000 });
  await vi.waitFor(async () => expect(await readdir(temporary)).toEqual([]), { timeout: 10_000 });
  expect(await readdir(folder)).toEqual(['scratch', 'tmp']);
  const scratch = await claimScratchFolder(join(folder, 'scratch'));
  await scratch.release();
  expect(await readdir(join(folder, 'scratch'))).toEqual([]);
});

test('neither the browser nor its server gets at what is private', async ({ skip }) => {
  skip(!onLinux, READS_PROC);
  vi.stubEnv('DEFRAG_ADMIN_KEY', 'a key that no browser may know');
  const { engine, request } = await startRemotionTestEngine();
  const listening = new Set<string>();
  const environments: string[] = [];
  await engine.render(
    disturbed(request(), 8, () => {
      for (const { pid } of engine.processes) {
        for (const each of [pid as number, ...helpersOf(engine).browsers]) {
          environments.push(readFileSync(`/proc/${each}/environ`, 'utf8'));
        }
        for (const address of listeningAddresses(pid as number)) listening.add(address);
      }
    }),
  );
  vi.unstubAllEnvs();
  expect(environments).toHaveLength(2);
  for (const environment of environments) expect(environment).not.toContain('DEFRAG_ADMIN_KEY');
  expect([...listening]).toEqual(['127.0.0.1']);
});

test('without a browser the engine does not start, and says what to do', async () => {
  vi.stubEnv('DEFRAG_BROWSER', join(await temporaryFolder(), 'none'));
  const starting = startRemotionTestEngine({ bundlesDir: TEST_BUNDLES_DIR });
  await expect(starting).rejects.toMatchObject({
    name: 'StartupError',
    message: expect.stringMatching(
      /^RENDER_ENGINE=remotion draws in a browser\. DEFRAG_BROWSER names .*none/,
    ),
  });
  vi.unstubAllEnvs();
});
