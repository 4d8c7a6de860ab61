import { readdir, rm } from 'node:fs/promises';
import { objectKey, type VideoProgress } from '@defrag/core';
import { findVideo, listRenderJobs } from '@defrag/db';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { cancelVideo } from '../../src/pipeline/cancel-video.ts';
import { renderVideo } from '../../src/pipeline/render-video.ts';
import { retryVideo } from '../../src/pipeline/retry-video.ts';
import { watchProgress } from '../../src/pipeline/watch-progress.ts';
import { startWorker } from '../../src/worker.ts';
import { type ScriptedEngine, scriptedEngine, untilAborted } from '../support/scripted-engine.ts';
import { demoEventId, openTestServices, type TestServices } from '../support/test-services.ts';

const EVENT = demoEventId(5);

function request(options: Partial<Parameters<typeof renderVideo>[1]> = {}) {
  return { frictionId: EVENT, durationMs: 6_000, forceRegenerate: false, waitSeconds: 30, ...options };
}

async function work(services: TestServices, engine: ScriptedEngine, concurrency = 1) {
  await startWorker(services, engine, { concurrency, scratchDir: services.scratchDir });
}

async function lastProgress(services: TestServices, hash: string): Promise<VideoProgress | undefined> {
  let last: VideoProgress | undefined;
  for await (const progress of watchProgress(services, hash, AbortSignal.timeout(30_000))) last = progress;
  return last;
}

describe('renderVideo', () => {
  it('renders on a miss, stores the file, and answers from the cache from then on', async () => {
    const services = await openTestServices();
    const engine = scriptedEngine();
    await work(services, engine);

    const first = await renderVideo(services, request());
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

    const second = await renderVideo(services, request({ waitSeconds: 0 }));
    expect(second).toMatchObject({ status: 'READY', cacheHit: true, hash: first.hash, url: first.url });
    expect(engine.calls).toHaveLength(1);
    expect(await readdir(services.scratchDir)).toEqual([]);
  });

  it('answers QUEUED with the final URL when it may not wait', async () => {
    const services = await openTestServices();
    const answer = await renderVideo(services, request({ waitSeconds: 0 }));
    expect(answer).toMatchObject({
      status: 'QUEUED',
      url: await services.store.urlFor(objectKey(answer.hash)),
    });
  });

  it('makes one render of 200 equal requests at the same time', async () => {
    const services = await openTestServices();
    const engine = scriptedEngine();
    await work(services, engine, 4);
    const answers = await Promise.all(Array.from({ length: 200 }, () => renderVideo(services, request())));
    expect(new Set(answers.map(({ hash }) => hash)).size).toBe(1);
    expect(answers.every(({ status }) => status === 'READY')).toBe(true);
    expect(engine.calls).toHaveLength(1);
    expect(await listRenderJobs(services.database.orm, answers[0]?.hash ?? '', 100)).toHaveLength(1);
  });

  it('gives each duration a video of its own', async () => {
    const services = await openTestServices();
    const [six, ten] = await Promise.all([
      renderVideo(services, request({ waitSeconds: 0 })),
      renderVideo(services, request({ waitSeconds: 0, durationMs: 10_000 })),
    ]);
    expect(six.hash).not.toBe(ten.hash);
  });

  it('renders again when the stored object is gone', async () => {
    const services = await openTestServices();
    const engine = scriptedEngine();
    await work(services, engine);
    await renderVideo(services, request());
    await rm(services.storeDir, { recursive: true });
    expect(await renderVideo(services, request())).toMatchObject({ status: 'READY', cacheHit: false });
    expect(engine.calls).toHaveLength(2);
  });

  it('refuses an unknown event with FRICTION_EVENT_NOT_FOUND and writes nothing', async () => {
    const services = await openTestServices();
    await expect(renderVideo(services, request({ frictionId: crypto.randomUUID() }))).rejects.toMatchObject({
      code: 'FRICTION_EVENT_NOT_FOUND',
    });
    const { rows } = await services.database.executeSql('select count(*)::int as count from render_jobs');
    expect(rows).toEqual([{ count: 0 }]);
  });

  it('logs one line per render and per cache hit, without anything private', async () => {
    const services = await openTestServices();
    await work(services, scriptedEngine());
    const { hash } = await renderVideo(services, request());
    await renderVideo(services, request());
    const lines = services.logged.filter((entry) => entry['msg'] === 'render');
    expect(lines).toMatchObject([
      { video_hash: hash, friction_id: EVENT, cache_hit: false, engine: 'embedded', status: 'READY' },
      { video_hash: hash, friction_id: EVENT, cache_hit: true, status: 'READY' },
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

describe('force_regenerate', () => {
  it('renders again, keeps the video READY meanwhile, and accepts the same bytes', async () => {
    const services = await openTestServices();
    const engine = scriptedEngine();
    await work(services, engine);
    const { hash } = await renderVideo(services, request());
    const forced = await renderVideo(services, request({ forceRegenerate: true }));
    expect(forced).toMatchObject({ status: 'READY', cacheHit: false, hash });
    expect(engine.calls).toHaveLength(2);
  });

  it('fails with RENDER_NOT_DETERMINISTIC when the bytes differ, and keeps the stored video', async () => {
    const services = await openTestServices();
    await work(
      services,
      scriptedEngine((_request, call) => `take ${call}`),
    );
    const { hash } = await renderVideo(services, request());
    const before = await findVideo(services.database.orm, hash);
    await expect(renderVideo(services, request({ forceRegenerate: true }))).rejects.toMatchObject({
      code: 'RENDER_NOT_DETERMINISTIC',
    });
    const after = await findVideo(services.database.orm, hash);
    expect(after).toMatchObject({
      status: 'READY',
      details: { contentSha256: before?.details?.contentSha256 },
    });
    expect(services.logged).toContainEqual(
      expect.objectContaining({ status: 'FAILED', error_code: 'RENDER_NOT_DETERMINISTIC', video_hash: hash }),
    );
  });
});

describe('a render that fails', () => {
  it('is tried again, and READY when a later try succeeds', async () => {
    const services = await openTestServices();
    const engine = scriptedEngine((_request, call) => {
      if (call === 1) throw new AppError('RENDER_WORKER_DIED', 'The worker died.');
      return 'bytes';
    });
    await work(services, engine);
    const { hash, status } = await renderVideo(services, request());
    expect(status).toBe('READY');
    expect(await listRenderJobs(services.database.orm, hash, 10)).toMatchObject([
      { state: 'SUCCEEDED', tries: 2 },
    ]);
  });

  it('is FAILED with its code after the last try, and can be asked for again', async () => {
    const services = await openTestServices({ tries: 2 });
    let broken = true;
    const engine = scriptedEngine(() => {
      if (broken) throw new AppError('RENDER_ENCODER_FAILED', 'The encoder failed.');
      return 'bytes';
    });
    await work(services, engine);
    const failed = renderVideo(services, request());
    await expect(failed).rejects.toMatchObject({
      code: 'RENDER_ENCODER_FAILED',
      message: 'The encoder failed.',
    });
    expect(engine.calls).toHaveLength(2);

    const [event] = engine.calls;
    const hash = event?.videoHash ?? '';
    expect(await lastProgress(services, hash)).toMatchObject({
      status: 'FAILED',
      job_state: 'FAILED',
      error_code: 'RENDER_ENCODER_FAILED',
      tries: 2,
    });
    broken = false;
    expect(await retryVideo(services, hash)).toMatchObject({ status: 'QUEUED', hash });
    expect(await lastProgress(services, hash)).toMatchObject({ status: 'READY', job_state: 'SUCCEEDED' });
  });

  it('is not tried again when that cannot help', async () => {
    const services = await openTestServices();
    const engine = scriptedEngine(() => {
      throw new AppError('RENDER_FAILED', 'Never.', { retryable: false });
    });
    await work(services, engine);
    await expect(renderVideo(services, request())).rejects.toMatchObject({ code: 'RENDER_FAILED' });
    expect(engine.calls).toHaveLength(1);
  });

  it('tells a stranger nothing of an unexpected error, and the log its cause', async () => {
    const services = await openTestServices({ tries: 1 });
    await work(
      services,
      scriptedEngine(() => {
        throw new TypeError('/secret/path is undefined');
      }),
    );
    await expect(renderVideo(services, request())).rejects.toMatchObject({
      code: 'RENDER_FAILED',
      message: 'The render failed.',
    });
    expect(JSON.stringify(services.logged)).toContain('/secret/path is undefined');
  });
});

describe('cancelVideo', () => {
  it('ends a queued render at once', async () => {
    const services = await openTestServices();
    const { hash } = await renderVideo(services, request({ waitSeconds: 0 }));
    expect(await cancelVideo(services, hash)).toEqual({ hash, cancelled: true });
    expect(await lastProgress(services, hash)).toMatchObject({ status: 'MISSING', job_state: 'CANCELLED' });
    const engine = scriptedEngine();
    await work(services, engine);
    expect(await renderVideo(services, request())).toMatchObject({ status: 'READY' });
    expect(engine.calls).toHaveLength(1);
  });

  it('ends one in work, which leaves no file', async () => {
    const services = await openTestServices();
    const engine = scriptedEngine(untilAborted);
    await work(services, engine);
    const { hash } = await renderVideo(services, request({ waitSeconds: 0 }));
    for await (const progress of watchProgress(services, hash, AbortSignal.timeout(30_000))) {
      if (progress.job_state === 'RENDERING')
        expect((await cancelVideo(services, hash)).cancelled).toBe(true);
    }
    expect(await lastProgress(services, hash)).toMatchObject({ status: 'MISSING', job_state: 'CANCELLED' });
    expect(await readdir(services.scratchDir)).toEqual([]);
    expect(await services.store.head(objectKey(hash))).toBeUndefined();
  });

  it('does nothing to a video that is READY, and knows no other', async () => {
    const services = await openTestServices();
    await work(services, scriptedEngine());
    const { hash } = await renderVideo(services, request());
    expect(await cancelVideo(services, hash)).toEqual({ hash, cancelled: false });
    await expect(cancelVideo(services, 'f'.repeat(64))).rejects.toMatchObject({ code: 'VIDEO_NOT_FOUND' });
  });
});

describe('watchProgress', () => {
  it('never goes back, through a failed try, and ends with READY', async () => {
    const services = await openTestServices();
    const gate = Promise.withResolvers<void>();
    const engine = scriptedEngine(async (render, call) => {
      render.onProgress(call === 1 ? 120 : 30, 180);
      if (call === 1) {
        await gate.promise;
        throw new AppError('RENDER_WORKER_DIED', 'The worker died.');
      }
      render.onProgress(180, 180);
      return 'bytes';
    });
    await work(services, engine);
    const { hash } = await renderVideo(services, request({ waitSeconds: 0 }));
    const seen: VideoProgress[] = [];
    for await (const progress of watchProgress(services, hash, AbortSignal.timeout(30_000))) {
      seen.push(progress);
      if (progress.frames_done === 120) gate.resolve();
    }
    const frames = seen.map((progress) => progress.frames_done);
    expect(frames).toEqual([...frames].sort((left, right) => left - right));
    expect(frames).toContain(120);
    expect(seen.at(-1)).toMatchObject({ status: 'READY', frames_done: 180, frames_total: 180, tries: 2 });
  });
});
