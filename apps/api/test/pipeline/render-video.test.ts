import { readdir } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { objectKey, type VideoProgress } from '@defrag/core';
import { findVideo, listRenderJobs } from '@defrag/db';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { cancelVideo, retryVideo } from '../../src/pipeline/requests/change-video.ts';
import { watchProgress } from '../../src/pipeline/requests/follow-render.ts';
import { renderVideo } from '../../src/pipeline/requests/render-video.ts';
import { startWorker, type Worker } from '../../src/pipeline/worker/start-worker.ts';
import { scriptedEngine, untilAborted, works } from '../support/scripted-engine.ts';
import { demoEventId, openTestServices, type TestServices } from '../support/test-services.ts';

let services: TestServices;
let worker: Worker;
const engine = scriptedEngine();

beforeAll(async () => {
  services = await openTestServices({ tries: 2 });
  worker = await startWorker(services, engine, { concurrency: 1, scratchDir: services.scratchDir });
});

afterAll(async () => {
  await worker?.close();
  await services?.close();
});

beforeEach(() => engine.follow(works));

/** Each request has another duration, so that every test has its own video. */
let nextDurationMs = 1_000;
function freshRequest() {
  nextDurationMs += 1;
  return { frictionId: EVENT, durationMs: nextDurationMs, forceRegenerate: false, waitSeconds: 30 };
}
const EVENT = demoEventId(5);

async function lastProgress(hash: string): Promise<VideoProgress | undefined> {
  let last: VideoProgress | undefined;
  for await (const progress of watchProgress(services, hash, AbortSignal.timeout(30_000))) last = progress;
  return last;
}

/** Ignores folders, because a worker keeps one there. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

const linesOf = (hash: string) =>
  services.logged.filter((entry) => entry['msg'] === 'render' && entry['video_hash'] === hash);

describe('renderVideo', () => {
  it('renders and stores the file on a miss, and hits the cache afterwards', async () => {
    const request = freshRequest();
    const first = await renderVideo(services, request);
    expect(first).toMatchObject({
      status: 'READY',
      cacheHit: false,
      url: expect.stringContaining(first.hash),
    });
    expect(await services.store.head(objectKey(first.hash))).toBeDefined();
    expect(await findVideo(services.database.orm, first.hash)).toMatchObject({
      status: 'READY',
      url: first.url,
    });

    const second = await renderVideo(services, { ...request, waitSeconds: 0 });
    expect(second).toMatchObject({ status: 'READY', cacheHit: true, hash: first.hash, url: first.url });
    expect(engine.calls).toHaveLength(1);
    expect(await filesBelow(services.scratchDir)).toEqual([]);
  });

  it('returns QUEUED with the final URL when waitSeconds is 0', async () => {
    const answer = await renderVideo(services, { ...freshRequest(), waitSeconds: 0 });
    expect(answer).toMatchObject({
      status: 'QUEUED',
      url: await services.store.urlFor(objectKey(answer.hash)),
    });
    expect(await lastProgress(answer.hash)).toMatchObject({ status: 'READY', url: answer.url });
  });

  it('creates one job for 200 identical concurrent requests', async () => {
    // A busy machine may need longer than usual to serve 200 waiting requests.
    const request = { ...freshRequest(), waitSeconds: 100 };
    const answers = await Promise.all(Array.from({ length: 200 }, () => renderVideo(services, request)));
    expect(new Set(answers.map(({ hash }) => hash)).size).toBe(1);
    expect(answers.every(({ status }) => status === 'READY')).toBe(true);
    expect(engine.calls).toHaveLength(1);
    expect(await listRenderJobs(services.database.orm, answers[0]?.hash ?? '', 100)).toHaveLength(1);
  });

  it('renders a separate video for another duration', async () => {
    const [one, other] = await Promise.all([
      renderVideo(services, freshRequest()),
      renderVideo(services, freshRequest()),
    ]);
    expect(one.hash).not.toBe(other.hash);
  });

  it('renders again when the stored object is gone', async () => {
    const request = freshRequest();
    const { hash } = await renderVideo(services, request);
    await services.store.delete(objectKey(hash));
    expect(await renderVideo(services, request)).toMatchObject({ status: 'READY', cacheHit: false, hash });
    expect(engine.calls).toHaveLength(2);
    expect(await services.store.head(objectKey(hash))).toBeDefined();
  });

  it('throws FRICTION_EVENT_NOT_FOUND for an unknown event and creates no job', async () => {
    const frictionId = crypto.randomUUID();
    await expect(renderVideo(services, { ...freshRequest(), frictionId })).rejects.toMatchObject({
      code: 'FRICTION_EVENT_NOT_FOUND',
    });
    const { rows } = await services.database.executeSql('select 1 from render_jobs where friction_id = $1', [
      frictionId,
    ]);
    expect(rows).toEqual([]);
  });

  it('logs one line per render and per cache hit, without private fields', async () => {
    const request = freshRequest();
    const { hash } = await renderVideo(services, request);
    await renderVideo(services, request);
    const lines = linesOf(hash);
    expect(lines).toMatchObject([
      { video_hash: hash, friction_id: EVENT, cache_hit: false, engine: 'embedded', status: 'READY' },
      { video_hash: hash, friction_id: EVENT, cache_hit: true, engine: null, status: 'READY' },
    ]);
    const known = [
      'level',
      'time',
      'pid',
      'msg',
      'video_hash',
      'friction_id',
      'cache_hit',
      'render_duration_ms',
      'engine',
    ];
    expect(new Set(lines.flatMap(Object.keys))).toEqual(new Set([...known, 'status']));
  });
});

describe('renderVideo with forceRegenerate', () => {
  it('renders again and accepts identical bytes', async () => {
    const request = freshRequest();
    const { hash } = await renderVideo(services, request);
    const forced = await renderVideo(services, { ...request, forceRegenerate: true });
    expect(forced).toMatchObject({ status: 'READY', cacheHit: false, hash });
    expect(engine.calls).toHaveLength(2);
  });

  it('keeps the video READY for other callers while it runs', async () => {
    const request = freshRequest();
    const { hash, url } = await renderVideo(services, request);
    const gate = Promise.withResolvers<void>();
    engine.follow(async (render, call) => {
      await gate.promise;
      return works(render, call);
    });
    await renderVideo(services, { ...request, forceRegenerate: true, waitSeconds: 0 });
    expect(await findVideo(services.database.orm, hash)).toMatchObject({ status: 'READY', url });
    expect(await renderVideo(services, { ...request, waitSeconds: 0 })).toMatchObject({
      status: 'READY',
      cacheHit: true,
    });
    gate.resolve();
    expect(await lastProgress(hash)).toMatchObject({ job_state: 'SUCCEEDED' });
  });

  it('throws RENDER_NOT_DETERMINISTIC when the bytes differ, logs it, and keeps the stored video', async () => {
    const request = freshRequest();
    const { hash } = await renderVideo(services, request);
    const before = await findVideo(services.database.orm, hash);
    engine.follow(() => 'other bytes');
    await expect(renderVideo(services, { ...request, forceRegenerate: true })).rejects.toMatchObject({
      code: 'RENDER_NOT_DETERMINISTIC',
    });
    expect(engine.calls).toHaveLength(1);
    const after = await findVideo(services.database.orm, hash);
    expect(after).toMatchObject({
      status: 'READY',
      details: { contentSha256: before?.details?.contentSha256 },
    });
    expect(await text(await services.store.read(objectKey(hash)))).toBe(`video ${hash}`);
    expect(linesOf(hash).at(-1)).toMatchObject({
      level: 50,
      status: 'FAILED',
      error_code: 'RENDER_NOT_DETERMINISTIC',
    });
  });
});

describe('retryVideo', () => {
  it('retries a failed forced render although the video is READY', async () => {
    const request = freshRequest();
    const { hash } = await renderVideo(services, request);
    engine.follow(() => 'other bytes');
    await expect(renderVideo(services, { ...request, forceRegenerate: true })).rejects.toThrow();
    engine.follow(works);
    expect(await retryVideo(services, hash)).toMatchObject({ status: 'QUEUED', hash });
    expect(await lastProgress(hash)).toMatchObject({ status: 'READY', job_state: 'SUCCEEDED' });
    expect(engine.calls).toHaveLength(1);
  });
});

describe('a failed render', () => {
  it('is retried, and the video is READY when a later try succeeds', async () => {
    engine.follow((render, call) => {
      if (call === 1) throw new AppError('RENDER_WORKER_DIED', 'The worker died.');
      return works(render, call);
    });
    const { hash, status } = await renderVideo(services, freshRequest());
    expect(status).toBe('READY');
    expect(await listRenderJobs(services.database.orm, hash, 10)).toMatchObject([
      { state: 'SUCCEEDED', tries: 2 },
    ]);
  });

  it('is FAILED with its error code after the last try, and can be retried', async () => {
    engine.follow(() => {
      throw new AppError('RENDER_ENCODER_FAILED', 'The encoder failed.');
    });
    const failed = renderVideo(services, freshRequest());
    await expect(failed).rejects.toMatchObject({
      code: 'RENDER_ENCODER_FAILED',
      message: 'The encoder failed.',
    });
    expect(engine.calls).toHaveLength(2);

    const hash = engine.calls[0]?.inputs.hash ?? '';
    expect(await lastProgress(hash)).toMatchObject({
      status: 'FAILED',
      job_state: 'FAILED',
      error_code: 'RENDER_ENCODER_FAILED',
      tries: 2,
    });
    engine.follow(works);
    expect(await retryVideo(services, hash)).toMatchObject({ status: 'QUEUED', hash });
    expect(await lastProgress(hash)).toMatchObject({ status: 'READY', job_state: 'SUCCEEDED' });
  });

  it('is not retried when the error is not retryable', async () => {
    engine.follow(() => {
      throw new AppError('RENDER_FAILED', 'Never.', { retryable: false });
    });
    await expect(renderVideo(services, freshRequest())).rejects.toMatchObject({ code: 'RENDER_FAILED' });
    expect(engine.calls).toHaveLength(1);
  });

  it('hides an unexpected error from the caller and logs it', async () => {
    engine.follow(() => {
      throw new TypeError('/secret/path is undefined');
    });
    await expect(renderVideo(services, freshRequest())).rejects.toMatchObject({
      code: 'RENDER_FAILED',
      message: 'The render failed.',
    });
    expect(JSON.stringify(services.logged)).toContain('/secret/path is undefined');
  });
});

describe('cancelVideo', () => {
  it('ends a queued job at once, and the video can be requested again', async () => {
    const gate = Promise.withResolvers<void>();
    engine.follow(async (render, call) => {
      await gate.promise;
      return works(render, call);
    });
    const blocker = await renderVideo(services, { ...freshRequest(), waitSeconds: 0 });
    const request = freshRequest();
    const { hash } = await renderVideo(services, { ...request, waitSeconds: 0 });
    expect(await cancelVideo(services, hash)).toEqual({ hash, cancelled: true });
    expect(await lastProgress(hash)).toMatchObject({ status: 'MISSING', job_state: 'CANCELLED' });
    gate.resolve();
    await lastProgress(blocker.hash);
    expect(engine.calls.map(({ inputs }) => inputs.hash)).toEqual([blocker.hash]);
    expect(await renderVideo(services, request)).toMatchObject({ status: 'READY', hash });
  });

  it('ends a running job and leaves no file', async () => {
    engine.follow(untilAborted);
    const { hash } = await renderVideo(services, { ...freshRequest(), waitSeconds: 0 });
    for await (const progress of watchProgress(services, hash, AbortSignal.timeout(30_000))) {
      if (progress.job_state === 'RENDERING')
        expect((await cancelVideo(services, hash)).cancelled).toBe(true);
    }
    expect(await lastProgress(hash)).toMatchObject({ status: 'MISSING', job_state: 'CANCELLED' });
    await vi.waitFor(async () => expect(await filesBelow(services.scratchDir)).toEqual([]));
    expect(await services.store.head(objectKey(hash))).toBeUndefined();
    expect(linesOf(hash)).toMatchObject([{ status: 'CANCELLED' }]);
  });

  it('returns cancelled: false for a READY video, and throws VIDEO_NOT_FOUND for an unknown one', async () => {
    const { hash } = await renderVideo(services, freshRequest());
    expect(await cancelVideo(services, hash)).toEqual({ hash, cancelled: false });
    await expect(cancelVideo(services, 'f'.repeat(64))).rejects.toMatchObject({ code: 'VIDEO_NOT_FOUND' });
  });
});

describe('watchProgress', () => {
  it('never reports fewer frames than before, even after a failed try, and ends with READY', async () => {
    const gate = Promise.withResolvers<void>();
    engine.follow(async (render, call) => {
      render.onProgress(call === 1 ? 20 : 5, 30);
      if (call === 1) {
        await gate.promise;
        throw new AppError('RENDER_WORKER_DIED', 'The worker died.');
      }
      render.onProgress(30, 30);
      return works(render, call);
    });
    const { hash } = await renderVideo(services, { ...freshRequest(), waitSeconds: 0 });
    const seen: VideoProgress[] = [];
    for await (const progress of watchProgress(services, hash, AbortSignal.timeout(30_000))) {
      seen.push(progress);
      if (progress.frames_done === 20) gate.resolve();
    }
    const frames = seen.map((progress) => progress.frames_done);
    expect(frames).toEqual([...frames].sort((left, right) => left - right));
    expect(frames).toContain(20);
    const last = seen.at(-1);
    expect(last).toMatchObject({ status: 'READY', frames_done: last?.frames_total, tries: 2 });
  });

  it('throws VIDEO_NOT_FOUND for a video that was never requested', async () => {
    await expect(lastProgress('f'.repeat(64))).rejects.toMatchObject({ code: 'VIDEO_NOT_FOUND' });
  });
});
