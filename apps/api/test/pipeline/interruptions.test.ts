import { objectKey } from '@defrag/core';
import { findRenderProgress, findVideo } from '@defrag/db';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelVideo } from '../../src/pipeline/requests/change-video.ts';
import { watchProgress } from '../../src/pipeline/requests/follow-render.ts';
import { type RenderVideoOptions, renderVideo } from '../../src/pipeline/requests/render-video.ts';
import { startWorker } from '../../src/pipeline/worker/start-worker.ts';
import { sweepRenders } from '../../src/pipeline/worker/sweep-renders.ts';
import { openRenderQueue, type RenderQueue } from '../../src/queue/render-queue.ts';
import { type Script, scriptedEngine, untilAborted, works } from '../support/scripted-engine.ts';
import { demoEventId, openTestServices, type TestServices } from '../support/test-services.ts';

let services: TestServices;

beforeAll(async () => {
  services = await openTestServices({ tries: 1 });
});

afterAll(() => services?.close());

let nextDurationMs = 1_000;
function freshRequest(): RenderVideoOptions {
  nextDurationMs += 1;
  return { frictionId: demoEventId(9), durationMs: nextDurationMs, forceRegenerate: false, waitSeconds: 0 };
}

/** Runs a separate worker, as another process would, while `use` runs. */
async function withWorker(script: Script, use: (queue: RenderQueue) => Promise<void>): Promise<void> {
  const engine = scriptedEngine();
  engine.follow(script);
  const { database, databaseUrl: url, env, logger } = services;
  const queue = await openRenderQueue({ database, url, env, logger });
  const worker = await startWorker({ ...services, queue }, engine, {
    concurrency: 1,
    scratchDir: services.scratchDir,
  });
  try {
    await use(queue);
  } finally {
    await worker.close();
    await queue.close();
  }
}

/** Waits until a render's job reaches `state`, or ends. */
async function until(hash: string, state: string) {
  for await (const progress of watchProgress(services, hash, AbortSignal.timeout(30_000))) {
    if (progress.job_state === state) return;
  }
  expect((await findRenderProgress(services.database.orm, hash))?.job?.state).toBe(state);
}

const progressOf = (hash: string) => findRenderProgress(services.database.orm, hash);

describe('a process that stops during the only try', () => {
  it('puts the job back without counting the try, and the next worker finishes it', async () => {
    const { hash } = await renderVideo(services, freshRequest());
    await withWorker(untilAborted, () => until(hash, 'RENDERING'));
    expect(await progressOf(hash)).toMatchObject({ status: 'QUEUED', job: { state: 'QUEUED', tries: 0 } });
    expect(services.logged.at(-1)).toMatchObject({ msg: 'render', status: 'RELEASED', video_hash: hash });

    await withWorker(works, () => until(hash, 'SUCCEEDED'));
    expect(await progressOf(hash)).toMatchObject({ status: 'READY', job: { tries: 1 } });
  });
});

describe('a job that the queue has lost', () => {
  async function lostJob(): Promise<string> {
    const { hash, jobId } = await renderVideo(services, freshRequest());
    const { database } = services;
    await database.executeSql(`delete from pgboss.job where data->>'jobId' = $1`, [jobId]);
    // The trigger would set updated_at to the current time.
    await database.executeSql('alter table render_jobs disable trigger user');
    await database.executeSql(`update render_jobs set updated_at = now() - interval '1 hour' where id = $1`, [
      jobId,
    ]);
    await database.executeSql('alter table render_jobs enable trigger user');
    return hash;
  }

  it('is queued again by the sweep, once', async () => {
    const hash = await lostJob();
    await sweepRenders(services);
    await sweepRenders(services);
    const { rows } = await services.database.executeSql(
      `select 1 from pgboss.job where data->>'videoHash' = $1`,
      [hash],
    );
    expect(rows).toHaveLength(1);
    await withWorker(works, () => until(hash, 'SUCCEEDED'));
  });

  it('is set to FAILED by the sweep when it belongs to another renderer version', async () => {
    const hash = await lostJob();
    await services.database.executeSql(
      `update video_details set renderer_version = 'v0-video' where hash = $1`,
      [hash],
    );
    await sweepRenders(services);
    expect(await progressOf(hash)).toMatchObject({ status: 'FAILED', job: { state: 'FAILED' } });
  });
});

describe('a render on a slow database', () => {
  it('is not treated as cancelled', async () => {
    await withWorker(works, async () => {
      const slow = services.database.transaction(async (transaction) => {
        await transaction.execute('select pg_sleep(1)');
      });
      const { hash } = await renderVideo(services, freshRequest());
      await Promise.all([slow, until(hash, 'SUCCEEDED')]);
    });
  });
});

describe('a cancellation at the last moment', () => {
  it('wins over a render that is finished but not yet recorded', async () => {
    let hash = '';
    await withWorker(
      async (render, call) => {
        await cancelVideo(services, render.inputs.hash);
        return works(render, call);
      },
      async () => {
        hash = (await renderVideo(services, freshRequest())).hash;
        await until(hash, 'CANCELLED');
      },
    );
    expect(await progressOf(hash)).toMatchObject({ status: 'MISSING' });
  });
});

describe('a video whose object is lost', () => {
  it('is QUEUED until it is rendered again, and may then have different bytes', async () => {
    const request = freshRequest();
    await withWorker(
      () => 'old bytes',
      async () => {
        await renderVideo(services, { ...request, waitSeconds: 30 });
      },
    );
    const { hash } = await renderVideo(services, request);
    await services.store.delete(objectKey(hash));
    expect(await renderVideo(services, request)).toMatchObject({ status: 'QUEUED', cacheHit: false });
    expect(await findVideo(services.database.orm, hash)).toMatchObject({ status: 'QUEUED', url: null });
    await withWorker(
      () => 'new bytes',
      () => until(hash, 'SUCCEEDED'),
    );
    expect(await findVideo(services.database.orm, hash)).toMatchObject({ status: 'READY' });
    expect(await services.store.head(objectKey(hash))).toEqual({ sizeBytes: 'new bytes'.length });
  });
});
