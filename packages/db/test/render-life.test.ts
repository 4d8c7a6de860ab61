import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assetCachePrivate,
  assetCachePublic,
  cancelRender,
  completeRender,
  type Database,
  deleteVideo,
  failRender,
  findCanonicalInputs,
  findPublicAsset,
  findRenderJob,
  findRenderProgress,
  findVideo,
  listRenderJobs,
  listSilentRenderJobs,
  queueRender,
  recordRenderProgress,
  releaseRender,
  requestCancel,
  retryRender,
  startRender,
} from '../src/index.ts';
import { migratedDatabase, rows } from './support/databases.ts';
import { fileFacts, queueFor, requestFor, writeEvent } from './support/renders.ts';

type Render = { jobId: string; hash: string };

const begin = (database: Database, { jobId }: Render, tryNumber = 1) =>
  startRender(database.orm, {
    jobId,
    engine: 'embedded',
    worker: 'host:1',
    framesTotal: 180,
    try: tryNumber,
  });
const complete = (database: Database, render: Render) =>
  database.transaction((tx) => completeRender(tx, fileFacts(render)));
const fail = (database: Database, render: Render) =>
  failRender(database.orm, { ...render, errorCode: 'RENDER_FAILED', errorMessage: 'It failed.' });
const statusOf = async (database: Database, { hash }: Render) =>
  (await findPublicAsset(database.orm, hash))?.status;

describe('a render', () => {
  test('writes the rows of the contract, from the request to the READY video', async () => {
    const database = await migratedDatabase();
    const event = await writeEvent(database.orm, {
      pressureScore: 55,
      frictionScore: 72,
      fidelityBucket: 'MEDIUM',
    });
    const { jobId, hash, request } = await queueFor(database, event);

    expect(await findPublicAsset(database.orm, hash)).toMatchObject({
      hash,
      type: 'VIDEO',
      status: 'QUEUED',
      url: null,
      width: 1920,
      height: 1080,
      durationSeconds: 6,
    });
    const [privateRow] = await rows(database, 'select * from asset_cache_private where hash = $1', [hash]);
    expect(privateRow).toMatchObject({
      canonical: request.canonical,
      user_class: 'UNSPECIFIED',
      target_class: 'UNSPECIFIED',
      pressure_bucket: 'MED',
      fidelity_bucket: 'MEDIUM',
      friction_bracket10: 70,
      asset_version: 'v1-video',
      duration_ms: 6000,
      fps: 30,
      renderer_version: 'v1-video',
      motion_profile: { private: 'curves' },
    });
    expect(await findCanonicalInputs(database.orm, hash)).toBe(request.canonical);

    expect(await begin(database, { jobId, hash })).toBe(true);
    expect(await recordRenderProgress(database.orm, { jobId, framesDone: 90 })).toEqual({
      cancelRequested: false,
    });
    expect(await findRenderProgress(database.orm, hash)).toMatchObject({
      status: 'QUEUED',
      job: {
        id: jobId,
        state: 'RENDERING',
        framesDone: 90,
        framesTotal: 180,
        tries: 1,
        startedAt: expect.any(Date),
      },
    });

    expect(await complete(database, { jobId, hash })).toBe(true);
    const facts = fileFacts({ jobId, hash });
    const video = await findVideo(database.orm, hash);
    expect(video).toMatchObject({
      hash,
      status: 'READY',
      url: facts.url,
      canonical: request.canonical,
      details: {
        frictionScore: 72,
        pressureScore: 55,
        seed: event.provenanceHash,
        durationMs: 6000,
        rendererVersion: 'v1-video',
        objectKey: `videos/v1-video/${hash}.mp4`,
        contentSha256: facts.contentSha256,
        sizeBytes: 5_500_000,
        engine: 'embedded',
        renderDurationMs: 5124,
        renderedAt: expect.any(Date),
      },
      latestJob: { id: jobId, state: 'SUCCEEDED', framesDone: 180, forced: false, frictionId: event.id },
    });
    expect(JSON.stringify(video)).not.toContain('curves');
  });

  test('copies the classes from the private row of the still of the event', async () => {
    const database = await migratedDatabase();
    const still = {
      canonical: '{}',
      pressureBucket: 'LOW',
      fidelityBucket: 'LOW',
      frictionBracket10: 0,
      assetVersion: 'v1',
    } as const;
    await database.orm.insert(assetCachePublic).values([
      { hash: 'still', type: 'STILL', status: 'READY' },
      { hash: 'video', type: 'VIDEO', status: 'READY' },
    ]);
    await database.orm.insert(assetCachePrivate).values([
      { hash: 'still', userClass: 'CIRCLE', targetClass: 'SQUARE', ...still },
      { hash: 'video', userClass: 'WRONG', targetClass: 'WRONG', ...still },
    ]);
    const classes = async (assetHash: string) => {
      const { hash } = await queueFor(database, await writeEvent(database.orm, { assetHash }));
      const found = await rows(
        database,
        'select user_class, target_class from asset_cache_private where hash = $1',
        [hash],
      );
      return Object.values(found[0] ?? {});
    };
    expect(await classes('still')).toEqual(['CIRCLE', 'SQUARE']);
    expect(await classes('video')).toEqual(['UNSPECIFIED', 'UNSPECIFIED']);
  });

  test('is joined by identical requests, and not repeated once READY', async () => {
    const database = await migratedDatabase();
    const event = await writeEvent(database.orm);
    const render = await queueFor(database, event);
    const again = (changes = {}) => database.transaction((tx) => queueRender(tx, requestFor(event, changes)));
    expect(await again()).toEqual({ status: 'QUEUED', jobId: render.jobId, created: false });
    expect(await again({ forced: true })).toEqual({ status: 'QUEUED', jobId: render.jobId, created: false });
    await begin(database, render);
    expect(await again()).toEqual({ status: 'QUEUED', jobId: render.jobId, created: false });
    await complete(database, render);
    expect(await again()).toEqual({ status: 'READY', jobId: null, created: false });
    expect(await listRenderJobs(database.orm, render.hash, 100)).toHaveLength(1);
  });

  test('completes although its private row was deleted', async () => {
    const database = await migratedDatabase();
    const render = await queueFor(database, await writeEvent(database.orm));
    await database.executeSql('delete from asset_cache_private');
    expect(await complete(database, render)).toBe(true);
    expect(await findVideo(database.orm, render.hash)).toMatchObject({
      status: 'READY',
      width: 1920,
      durationSeconds: 6,
      canonical: null,
    });
  });

  test('keeps the video READY when forced, whatever its outcome', async () => {
    const database = await migratedDatabase();
    const event = await writeEvent(database.orm);
    const first = await queueFor(database, event);
    await complete(database, first);
    const before = await findPublicAsset(database.orm, first.hash);
    for (const end of [
      (render: Render) => fail(database, render),
      (render: Render) => cancelRender(database.orm, render),
      (render: Render) => complete(database, render),
    ]) {
      const forced = await queueFor(database, event, { forced: true });
      expect((await findVideo(database.orm, first.hash))?.details?.contentSha256).toBe(
        fileFacts(first).contentSha256,
      );
      await begin(database, forced);
      expect(await findPublicAsset(database.orm, first.hash)).toMatchObject({
        status: 'READY',
        url: before?.url,
      });
      expect(await end(forced)).toBe(true);
      expect(await findPublicAsset(database.orm, first.hash)).toMatchObject({
        status: 'READY',
        url: before?.url,
      });
    }
    const states = (await listRenderJobs(database.orm, first.hash, 100)).map(({ state, forced }) => [
      state,
      forced,
    ]);
    expect(states).toEqual([
      ['SUCCEEDED', true],
      ['CANCELLED', true],
      ['FAILED', true],
      ['SUCCEEDED', false],
    ]);
  });

  test('sets the video FAILED after the last try, and a new request starts over', async () => {
    const database = await migratedDatabase();
    const event = await writeEvent(database.orm);
    const first = await queueFor(database, event);
    await begin(database, first);
    expect(await fail(database, first)).toBe(true);
    expect(await statusOf(database, first)).toBe('FAILED');
    expect(await findRenderJob(database.orm, first.jobId)).toMatchObject({
      state: 'FAILED',
      errorCode: 'RENDER_FAILED',
      errorMessage: 'It failed.',
      finishedAt: expect.any(Date),
    });
    const second = await queueFor(database, event);
    expect(second.jobId).not.toBe(first.jobId);
    expect(await statusOf(database, second)).toBe('QUEUED');
    expect((await findRenderProgress(database.orm, second.hash))?.job?.id).toBe(second.jobId);
  });

  test('is QUEUED with the last error between tries and keeps its progress', async () => {
    const database = await migratedDatabase();
    const render = await queueFor(database, await writeEvent(database.orm));
    await begin(database, render);
    await recordRenderProgress(database.orm, { jobId: render.jobId, framesDone: 100 });
    const error = { jobId: render.jobId, errorCode: 'RENDER_WORKER_DIED', errorMessage: 'It died.' };
    expect(await retryRender(database.orm, error)).toBe(true);
    const { startedAt } = (await findRenderJob(database.orm, render.jobId)) ?? {};
    expect(await findRenderJob(database.orm, render.jobId)).toMatchObject({
      state: 'QUEUED',
      tries: 1,
      worker: null,
      framesDone: 100,
      errorCode: 'RENDER_WORKER_DIED',
    });
    expect(await begin(database, render, 2)).toBe(true);
    await recordRenderProgress(database.orm, { jobId: render.jobId, framesDone: 3 });
    expect(await findRenderJob(database.orm, render.jobId)).toMatchObject({
      state: 'RENDERING',
      tries: 2,
      framesDone: 100,
      startedAt,
    });
    expect(await complete(database, render)).toBe(true);
    expect(await findRenderJob(database.orm, render.jobId)).toMatchObject({
      errorCode: null,
      errorMessage: null,
    });
  });

  test('is not cancelled by a progress report while queued', async () => {
    const database = await migratedDatabase();
    const render = await queueFor(database, await writeEvent(database.orm));
    const report = (framesDone: number) =>
      recordRenderProgress(database.orm, { jobId: render.jobId, framesDone });
    expect(await report(0)).toEqual({ cancelRequested: false });
    await begin(database, render);
    await retryRender(database.orm, { ...render, errorCode: 'X', errorMessage: 'x' });
    // A late report of the dead try.
    expect(await report(120)).toEqual({ cancelRequested: false });
    await begin(database, render, 2);
    await releaseRender(database.orm, render);
    expect(await report(130)).toEqual({ cancelRequested: false });
    expect(await findRenderJob(database.orm, render.jobId)).toMatchObject({
      state: 'QUEUED',
      framesDone: 130,
    });
    // `requestCancel` ends such a row at once; if one exists nevertheless, its worker stops.
    await database.executeSql('update render_jobs set cancel_requested_at = now() where id = $1', [
      render.jobId,
    ]);
    expect(await report(140)).toEqual({ cancelRequested: true });
  });

  test('is queued again when its process stops, without counting the try', async () => {
    const database = await migratedDatabase();
    const render = await queueFor(database, await writeEvent(database.orm));
    const release = () => releaseRender(database.orm, { jobId: render.jobId });
    const job = () => findRenderJob(database.orm, render.jobId);
    expect(await release()).toBe(true);
    expect(await job()).toMatchObject({ state: 'QUEUED', tries: 0 });

    await begin(database, render);
    await recordRenderProgress(database.orm, { jobId: render.jobId, framesDone: 50 });
    expect(await release()).toBe(true);
    const waiting = { state: 'QUEUED', worker: null, errorCode: null, errorMessage: null, framesDone: 50 };
    expect(await job()).toMatchObject({ ...waiting, tries: 0 });
    expect(await statusOf(database, render)).toBe('QUEUED');

    await begin(database, render, 1);
    await retryRender(database.orm, { ...render, errorCode: 'X', errorMessage: 'x' });
    await begin(database, render, 2);
    expect(await release()).toBe(true);
    expect(await job()).toMatchObject({ ...waiting, tries: 1 });
    expect(await release()).toBe(true);
    expect(await job()).toMatchObject({ ...waiting, tries: 1 });
    // The worker reports the try's number; the count never drops below zero.
    await begin(database, render, 0);
    expect(await release()).toBe(true);
    expect(await job()).toMatchObject({ ...waiting, tries: 0 });
    await begin(database, render, 2);
    expect(await complete(database, render)).toBe(true);
  });

  test('is QUEUED again after its file is lost, and not compared with earlier bytes', async () => {
    const database = await migratedDatabase();
    const event = await writeEvent(database.orm);
    const first = await queueFor(database, event);
    const lost = { objectIsLost: true };
    expect(await database.transaction((tx) => queueRender(tx, requestFor(event, lost)))).toEqual({
      status: 'QUEUED',
      jobId: first.jobId,
      created: false,
    });
    await complete(database, first);

    const second = await queueFor(database, event, lost);
    expect(await findVideo(database.orm, first.hash)).toMatchObject({
      status: 'QUEUED',
      url: null,
      details: {
        objectKey: first.request.objectKey,
        contentSha256: null,
        sizeBytes: null,
        engine: null,
        renderedAt: null,
        renderDurationMs: null,
      },
      latestJob: { id: second.jobId, state: 'QUEUED', forced: false },
    });
    await begin(database, second);
    await fail(database, second);
    expect(await findPublicAsset(database.orm, first.hash)).toMatchObject({ status: 'FAILED', url: null });

    const third = await queueFor(database, event);
    await complete(database, third);
    const facts = fileFacts(third);
    expect(await findVideo(database.orm, first.hash)).toMatchObject({
      status: 'READY',
      url: facts.url,
      details: { contentSha256: facts.contentSha256, sizeBytes: facts.sizeBytes, engine: facts.engine },
    });

    const fourth = await queueFor(database, event, { ...lost, forced: true });
    expect(await findPublicAsset(database.orm, first.hash)).toMatchObject({ status: 'QUEUED', url: null });
    expect(await findRenderJob(database.orm, fourth.jobId)).toMatchObject({ forced: true });
  });

  test("is cancelled at once while queued, and on the worker's next report while running", async () => {
    const database = await migratedDatabase();
    const waiting = await queueFor(database, await writeEvent(database.orm));
    expect(await requestCancel(database.orm, waiting.hash)).toEqual({
      jobId: waiting.jobId,
      state: 'CANCELLED',
    });
    expect(await statusOf(database, waiting)).toBe('MISSING');
    expect(await begin(database, waiting)).toBe(false);
    expect(await requestCancel(database.orm, waiting.hash)).toBeUndefined();

    const running = await queueFor(database, await writeEvent(database.orm));
    await begin(database, running);
    expect(await requestCancel(database.orm, running.hash)).toEqual({
      jobId: running.jobId,
      state: 'RENDERING',
    });
    expect(await statusOf(database, running)).toBe('QUEUED');
    expect(await recordRenderProgress(database.orm, { jobId: running.jobId, framesDone: 5 })).toEqual({
      cancelRequested: true,
    });
    // Neither another try nor a retry nor a late finished file revives it.
    const before = await Promise.all([
      findVideo(database.orm, running.hash),
      findRenderJob(database.orm, running.jobId),
    ]);
    expect(await complete(database, running)).toBe(false);
    expect(await releaseRender(database.orm, running)).toBe(false);
    expect(await begin(database, running, 2)).toBe(false);
    expect(await retryRender(database.orm, { jobId: running.jobId, errorCode: 'X', errorMessage: 'x' })).toBe(
      false,
    );
    expect(
      await Promise.all([findVideo(database.orm, running.hash), findRenderJob(database.orm, running.jobId)]),
    ).toEqual(before);
    expect(await cancelRender(database.orm, running)).toBe(true);
    expect(await cancelRender(database.orm, running)).toBe(false);
    expect(await statusOf(database, running)).toBe('MISSING');
    expect(await requestCancel(database.orm, 'no such hash')).toBeUndefined();
  });

  test('is not changed by late reports after its end', async () => {
    const database = await migratedDatabase();
    for (const end of [
      (render: Render) => complete(database, render),
      (render: Render) => fail(database, render),
      (render: Render) => cancelRender(database.orm, render),
    ]) {
      const render = await queueFor(database, await writeEvent(database.orm));
      await begin(database, render);
      expect(await end(render)).toBe(true);
      const before = [
        await findVideo(database.orm, render.hash),
        await findRenderJob(database.orm, render.jobId),
      ];
      expect(await begin(database, render, 2)).toBe(false);
      expect(await complete(database, render)).toBe(false);
      expect(await fail(database, render)).toBe(false);
      expect(await cancelRender(database.orm, render)).toBe(false);
      expect(await retryRender(database.orm, { ...render, errorCode: 'X', errorMessage: 'x' })).toBe(false);
      expect(await releaseRender(database.orm, render)).toBe(false);
      expect(await recordRenderProgress(database.orm, { ...render, framesDone: 1 })).toEqual({
        cancelRequested: true,
      });
      expect([
        await findVideo(database.orm, render.hash),
        await findRenderJob(database.orm, render.jobId),
      ]).toEqual(before);
    }
  });

  test("is deleted with its video, and the worker's next report says to stop", async () => {
    const database = await migratedDatabase();
    const render = await queueFor(database, await writeEvent(database.orm));
    await begin(database, render);
    const remove = () => database.transaction((tx) => deleteVideo(tx, render.hash));
    expect(await remove()).toEqual({ objectKey: `videos/v1-video/${render.hash}.mp4` });
    for (const table of ['asset_cache_public', 'asset_cache_private', 'video_details', 'render_jobs']) {
      expect(await rows(database, `select * from ${table}`), table).toEqual([]);
    }
    expect(await recordRenderProgress(database.orm, { ...render, framesDone: 1 })).toEqual({
      cancelRequested: true,
    });
    expect(await complete(database, render)).toBe(false);
    expect(await fail(database, render)).toBe(false);
    expect(await releaseRender(database.orm, render)).toBe(false);
    expect(await findVideo(database.orm, render.hash)).toBeUndefined();
    expect(await findRenderProgress(database.orm, render.hash)).toBeUndefined();
    expect(await remove()).toBeUndefined();
  });

  test('ignores stills, which are neither found nor deleted as videos', async () => {
    const database = await migratedDatabase();
    await database.orm.insert(assetCachePublic).values({ hash: 'still', type: 'STILL', status: 'READY' });
    expect(await findPublicAsset(database.orm, 'still')).toMatchObject({ type: 'STILL' });
    expect(await findVideo(database.orm, 'still')).toBeUndefined();
    expect(await findCanonicalInputs(database.orm, 'still')).toBeUndefined();
    expect(await database.transaction((tx) => deleteVideo(tx, 'still'))).toBeUndefined();
    expect(await findPublicAsset(database.orm, 'still')).toBeDefined();
  });

  test('reports progress that never decreases, in any order of reports', async () => {
    const database = await migratedDatabase();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 250 }), { minLength: 1, maxLength: 12 }),
        async (reports) => {
          const render = await queueFor(database, await writeEvent(database.orm));
          await begin(database, render);
          let shown = 0;
          for (const framesDone of reports) {
            await recordRenderProgress(database.orm, { jobId: render.jobId, framesDone });
            const now = (await findRenderJob(database.orm, render.jobId))?.framesDone ?? -1;
            expect(now).toBeGreaterThanOrEqual(shown);
            expect(now).toBeLessThanOrEqual(180);
            shown = now;
          }
          expect(shown).toBe(Math.min(180, Math.max(...reports)));
        },
      ),
      { numRuns: 10 },
    );
  });

  test('is found as silent when its worker has not reported for long', async () => {
    const database = await migratedDatabase();
    const silent = await queueFor(database, await writeEvent(database.orm));
    const ended = await queueFor(database, await writeEvent(database.orm));
    await complete(database, ended);
    const find = async (silentForMs: number) =>
      (await listSilentRenderJobs(database.orm, { silentForMs, limit: 100 })).map(({ id }) => id);
    expect(await find(0)).toEqual([silent.jobId]);
    expect(await find(3_600_000)).toEqual([]);
    const job = await findRenderJob(database.orm, silent.jobId);
    const list = () => listSilentRenderJobs(database.orm, { silentForMs: 0, limit: 100 });
    expect(await list()).toEqual([{ ...job, rendererVersion: 'v1-video' }]);
    await database.executeSql('delete from video_details');
    expect(await list()).toEqual([{ ...job, rendererVersion: null }]);
  });

  test('accepts any seed that PostgreSQL can store', async () => {
    const database = await migratedDatabase();
    for (const provenanceHash of [
      '',
      '🫠🫶🏽',
      "'; drop table friction_events; --",
      'x'.repeat(10_000),
      `\\u0000 ü${'é'.repeat(9_000)}`,
    ]) {
      const event = await writeEvent(database.orm, { provenanceHash });
      const render = await queueFor(database, event);
      expect(await complete(database, render)).toBe(true);
      expect((await findVideo(database.orm, render.hash))?.details?.seed).toBe(provenanceHash);
    }
  });
});
