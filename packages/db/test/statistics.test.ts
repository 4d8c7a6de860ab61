import { describe, expect, test } from 'vitest';
import {
  addVideoRequests,
  cancelRender,
  completeRender,
  countFrictionEvents,
  failRender,
  listFailedRenders,
  listVideoRequestHours,
  listWorkers,
  lockVideo,
  readEndedRenders,
  readQueueDepth,
  readStorageTotals,
  recordWorkerHeartbeat,
  removeWorker,
  retryRender,
  startRender,
} from '../src/index.ts';
import { migratedDatabase } from './support/databases.ts';
import { fileFacts, queueFor, WORKER, writeEvent } from './support/renders.ts';

describe('statistics', () => {
  test('are zeros and nulls for an empty database', async () => {
    const { orm } = await migratedDatabase();
    expect(await readQueueDepth(orm)).toEqual({ queued: 0, retrying: 0, rendering: 0, oldestQueuedAt: null });
    expect(await readEndedRenders(orm, 24)).toEqual({
      ...{ succeeded: 0, failed: 0, cancelled: 0 },
      ...{ p50Ms: null, p95Ms: null, p99Ms: null },
    });
    expect(await listFailedRenders(orm, 10)).toEqual([]);
    expect(await readStorageTotals(orm)).toEqual({ videos: 0, bytes: 0 });
    expect(await listWorkers(orm, { aliveForSeconds: 30 })).toEqual([]);
    expect(await countFrictionEvents(orm)).toBe(0);
  });

  test('return queue depth and render outcomes in the window', async () => {
    const database = await migratedDatabase();
    const { orm } = database;
    const queue = async () => queueFor(database, await writeEvent(orm));
    const begin = (jobId: string) =>
      startRender(orm, { jobId, engine: 'embedded', worker: WORKER.name, framesTotal: 180, try: 1 });
    const oldest = await queue();
    await database.executeSql("update render_jobs set queued_at = '2025-01-01T00:00:00Z' where id = $1", [
      oldest.jobId,
    ]);
    const retried = await queue();
    await begin(retried.jobId);
    await retryRender(orm, { ...retried, errorCode: 'RENDER_TIMED_OUT', errorMessage: 'It took long.' });
    await begin((await queue()).jobId);
    for (const renderDurationMs of [100, 200, 300, 400, 1_000]) {
      const render = await queue();
      await database.transaction((tx) => completeRender(tx, { ...fileFacts(render), renderDurationMs }));
    }
    const failed = await queue();
    await failRender(orm, { ...failed, errorCode: 'RENDER_FAILED', errorMessage: 'It failed.' });
    await cancelRender(orm, await queue());
    const longAgo = await queue();
    await failRender(orm, { ...longAgo, errorCode: 'RENDER_FAILED', errorMessage: 'It failed.' });
    await database.executeSql(
      "update render_jobs set finished_at = now() - interval '25 hours' where id = $1",
      [longAgo.jobId],
    );

    expect(await readQueueDepth(orm)).toEqual({
      ...{ queued: 2, retrying: 1, rendering: 1 },
      oldestQueuedAt: new Date('2025-01-01T00:00:00Z'),
    });
    const ended = { succeeded: 5, failed: 1, cancelled: 1, p50Ms: 300 };
    expect(await readEndedRenders(orm, 24)).toMatchObject(ended);
    const { p95Ms, p99Ms } = await readEndedRenders(orm, 24);
    expect(p95Ms).toBeCloseTo(880);
    expect(p99Ms).toBeCloseTo(976);
    expect(await readEndedRenders(orm, 26)).toMatchObject({ ...ended, failed: 2 });
    expect((await listFailedRenders(orm, 10)).map(({ id, errorCode }) => [id, errorCode])).toEqual([
      [failed.jobId, 'RENDER_FAILED'],
      [retried.jobId, 'RENDER_TIMED_OUT'],
      [longAgo.jobId, 'RENDER_FAILED'],
    ]);
    expect(await listFailedRenders(orm, 1)).toHaveLength(1);
    expect(await readStorageTotals(orm)).toEqual({ videos: 5, bytes: 5 * 5_500_000 });
    expect(await countFrictionEvents(orm)).toBe(11);
  });

  test('sum requests per hour, for every hour in the window', async () => {
    const database = await migratedDatabase();
    await addVideoRequests(database.orm, { hits: 5, misses: 2, forced: 0 });
    await addVideoRequests(database.orm, { hits: 1, misses: 0, forced: 3 });
    await database.executeSql(
      "insert into video_request_hours (hour, hits) values (date_trunc('hour', now(), 'UTC') - interval '2 hours', 7)",
    );
    const hours = await listVideoRequestHours(database.orm, 4);
    expect(hours.map(({ hour: _, ...counts }) => counts)).toEqual([
      { hits: 0, misses: 0, forced: 0 },
      { hits: 7, misses: 0, forced: 0 },
      { hits: 0, misses: 0, forced: 0 },
      { hits: 6, misses: 2, forced: 3 },
    ]);
    for (const [index, { hour }] of hours.entries()) {
      expect(hour.getUTCMinutes() + hour.getUTCSeconds() + hour.getUTCMilliseconds()).toBe(0);
      expect(hour.getTime() - (hours[0]?.hour.getTime() ?? 0)).toBe(index * 3_600_000);
    }
    expect(await listVideoRequestHours(database.orm, 1)).toHaveLength(1);
  });

  test('list the workers, their jobs and which are silent', async () => {
    const database = await migratedDatabase();
    const { orm } = database;
    await recordWorkerHeartbeat(orm, WORKER);
    const { jobId } = await queueFor(database, await writeEvent(orm));
    await startRender(orm, { jobId, engine: 'embedded', worker: WORKER.name, framesTotal: 180, try: 1 });
    const list = () => listWorkers(orm, { aliveForSeconds: 30 });
    const [first] = await list();
    expect(first).toMatchObject({ ...WORKER, rendering: 1, alive: true });
    await recordWorkerHeartbeat(orm, { ...WORKER, concurrency: 3 });
    const [again] = await list();
    expect(again).toMatchObject({ concurrency: 3, createdAt: first?.createdAt });
    expect(again?.lastSeenAt.getTime()).toBeGreaterThanOrEqual(first?.lastSeenAt.getTime() ?? 0);

    await database.executeSql("update render_workers set last_seen_at = now() - interval '31 seconds'");
    const other = { ...WORKER, id: '30000000-0000-4000-8000-000000000002', name: 'render-2:1' };
    await recordWorkerHeartbeat(orm, other);
    expect((await list()).map(({ name, alive, rendering }) => [name, alive, rendering])).toEqual([
      ['render-2:1', true, 0],
      [WORKER.name, false, 1],
    ]);
    await database.executeSql(
      "update render_workers set last_seen_at = now() - interval '25 hours' where id = $1",
      [WORKER.id],
    );
    await recordWorkerHeartbeat(orm, other);
    expect((await list()).map(({ name }) => name)).toEqual(['render-2:1']);
    await removeWorker(orm, other.id);
    await removeWorker(orm, other.id);
    expect(await list()).toEqual([]);
  });

  test('report whether a locked video has an active render', async () => {
    const database = await migratedDatabase();
    const render = await queueFor(database, await writeEvent(database.orm));
    const lock = (hash: string) => database.transaction((tx) => lockVideo(tx, hash));
    const { objectKey } = render.request;
    expect(await lock(render.hash)).toEqual({ objectKey, isRendering: true });
    await database.transaction((tx) => completeRender(tx, fileFacts(render)));
    expect(await lock(render.hash)).toEqual({ objectKey, isRendering: false });
    await database.executeSql('delete from video_details');
    expect(await lock(render.hash)).toEqual({ objectKey: null, isRendering: false });
    expect(await lock('f'.repeat(64))).toBeUndefined();
  });
});
