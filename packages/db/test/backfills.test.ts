import { RENDERER_VERSION } from '@defrag/core';
import { describe, expect, test } from 'vitest';
import {
  type BackfillRow,
  cancelRender,
  claimBackfill,
  completeBackfillIfDone,
  completeRender,
  createBackfill,
  type Database,
  deleteVideo,
  type FrictionEventRow,
  failRender,
  findBackfill,
  frictionEvents,
  listBackfills,
  nextBackfillItems,
  queueRender,
  recordBackfillItem,
  setBackfillState,
  settleBackfillItems,
  surveyBackfill,
} from '../src/index.ts';
import { migratedDatabase, rows } from './support/databases.ts';
import { fileFacts, queueFor, requestFor, writeEvent } from './support/renders.ts';

const CHOICE = { durationMs: 6_000, rendererVersion: RENDERER_VERSION };

async function begin(database: Database, concurrency = 1): Promise<string> {
  const id = await database.transaction((tx) => createBackfill(tx, { ...CHOICE, concurrency }));
  if (id === undefined) throw new Error('another backfill is active');
  return id;
}

/** Queues renders of the next videos, as the pipeline does. */
function step(database: Database, limit: number): Promise<{ jobId: string; hash: string }[]> {
  return database.transaction(async (tx) => {
    const backfill = await claimBackfill(tx, RENDERER_VERSION);
    if (backfill === undefined) return [];
    await settleBackfillItems(tx, backfill.id);
    const handedOut = [];
    for (const { frictionId, event } of await nextBackfillItems(tx, backfill.id, limit)) {
      const request = event === null ? undefined : requestFor(event);
      const jobId = request === undefined ? null : (await queueRender(tx, request)).jobId;
      await recordBackfillItem(tx, { backfillId: backfill.id, frictionId, jobId });
      if (request !== undefined && jobId !== null) handedOut.push({ jobId, hash: request.hash });
    }
    await completeBackfillIfDone(tx, backfill.id);
    return handedOut;
  });
}

const makeReady = async (database: Database, event: FrictionEventRow) => {
  const render = await queueFor(database, event);
  await database.transaction((tx) => completeRender(tx, fileFacts(render)));
};

describe('a backfill', () => {
  test('counts events with equal inputs once, and includes videos that are not READY at its length and version', async () => {
    const database = await migratedDatabase();
    expect(await surveyBackfill(database.orm, CHOICE)).toEqual({
      events: 0,
      videos: 0,
      ready: 0,
      underWay: 0,
    });
    const long = 'long seed '.repeat(1_000);
    const ready = await writeEvent(database.orm, { provenanceHash: long });
    await writeEvent(database.orm, { provenanceHash: long });
    await writeEvent(database.orm, { provenanceHash: long, frictionScore: 1 });
    const underWay = await writeEvent(database.orm);
    await writeEvent(database.orm);
    await makeReady(database, ready);
    await queueFor(database, underWay);
    expect(await surveyBackfill(database.orm, CHOICE)).toEqual({
      events: 5,
      videos: 4,
      ready: 1,
      underWay: 1,
    });
    const other = { events: 5, videos: 4, ready: 0, underWay: 0 };
    expect(await surveyBackfill(database.orm, { ...CHOICE, durationMs: 5_000 })).toEqual(other);
    expect(await surveyBackfill(database.orm, { ...CHOICE, rendererVersion: 'v0' })).toEqual(other);

    const id = await begin(database, 3);
    expect(await findBackfill(database.orm, id)).toMatchObject({
      ...CHOICE,
      state: 'RUNNING',
      concurrency: 3,
      events: 5,
      videos: 4,
      total: 3,
      finishedAt: null,
      progress: { WAITING: 3, HANDED_OUT: 0, SUCCEEDED: 0, FAILED: 0, CANCELLED: 0, SKIPPED: 0 },
    });
  });

  test('rejects a second backfill until the first has ended', async () => {
    const database = await migratedDatabase();
    await writeEvent(database.orm);
    const create = () => database.transaction((tx) => createBackfill(tx, { ...CHOICE, concurrency: 1 }));
    const first = await begin(database);
    expect(await create()).toBeUndefined();
    const change = (id: string, state: 'RUNNING' | 'PAUSED' | 'CANCELLED') =>
      database.transaction((tx) => setBackfillState(tx, id, state));
    expect(await change(first, 'PAUSED')).toBe(true);
    expect(await create()).toBeUndefined();
    expect(await change(first, 'CANCELLED')).toBe(true);
    expect(await findBackfill(database.orm, first)).toMatchObject({
      state: 'CANCELLED',
      finishedAt: expect.any(Date),
    });
    for (const state of ['RUNNING', 'PAUSED', 'CANCELLED'] as const)
      expect(await change(first, state)).toBe(false);
    const second = await create();
    expect(second).toBeDefined();
    expect((await listBackfills(database.orm, 10)).map(({ id }) => id)).toEqual([second, first]);
    expect(await listBackfills(database.orm, 1)).toHaveLength(1);
    expect(await findBackfill(database.orm, '00000000-0000-4000-8000-000000000000')).toBeUndefined();
  });

  test('completes immediately when there is nothing to render', async () => {
    const database = await migratedDatabase();
    await makeReady(database, await writeEvent(database.orm));
    const id = await begin(database);
    expect(await findBackfill(database.orm, id)).toMatchObject({ state: 'COMPLETED', videos: 1, total: 0 });
    await begin(database);
  });

  test('reports the outcome of each render, also before it is recorded', async () => {
    const database = await migratedDatabase();
    for (let index = 0; index < 7; index += 1) await writeEvent(database.orm);
    const id = await begin(database, 10);
    const [gone] = await rows(
      database,
      'select friction_id from backfill_items order by friction_id limit 1',
    );
    await database.executeSql('delete from friction_events where id = $1', [gone?.['friction_id']]);
    const [succeeded, failed, cancelled, deleted] = await step(database, 5);
    if (!succeeded || !failed || !cancelled || !deleted) throw new Error('too few were handed out');
    const progress = async () => (await findBackfill(database.orm, id))?.progress;
    expect(await progress()).toMatchObject({ WAITING: 2, HANDED_OUT: 4, SKIPPED: 1 });

    await database.transaction((tx) => completeRender(tx, fileFacts(succeeded)));
    await failRender(database.orm, { ...failed, errorCode: 'X', errorMessage: 'x' });
    await cancelRender(database.orm, cancelled);
    await database.transaction((tx) => deleteVideo(tx, deleted.hash));
    const ended = { WAITING: 2, HANDED_OUT: 0, SUCCEEDED: 1, FAILED: 1, CANCELLED: 2, SKIPPED: 1 };
    expect(await progress()).toEqual(ended);
    expect(await database.transaction((tx) => settleBackfillItems(tx, id))).toBe(0);
    expect(await progress()).toEqual(ended);
    const states = await rows(database, 'select state from backfill_items order by state');
    expect(states.map(({ state }) => state)).toEqual([
      ...['CANCELLED', 'CANCELLED', 'FAILED', 'SKIPPED', 'SUCCEEDED', 'WAITING', 'WAITING'],
    ]);
    // A recorded outcome stays, even when its render is deleted.
    await database.transaction((tx) => deleteVideo(tx, succeeded.hash));
    expect(await progress()).toEqual(ended);

    const last = await step(database, 10);
    expect(last).toHaveLength(2);
    expect(await findBackfill(database.orm, id)).toMatchObject({ state: 'RUNNING' });
    for (const render of last) await database.transaction((tx) => completeRender(tx, fileFacts(render)));
    expect(await step(database, 10)).toEqual([]);
    expect(await findBackfill(database.orm, id)).toMatchObject({
      state: 'COMPLETED',
      finishedAt: expect.any(Date),
      progress: { ...ended, WAITING: 0, SUCCEEDED: 3 },
    });
  });

  test('skips videos that became READY meanwhile, and joins renders that others requested', async () => {
    const database = await migratedDatabase();
    const [ready, asked] = [await writeEvent(database.orm), await writeEvent(database.orm)];
    const id = await begin(database, 10);
    await makeReady(database, ready);
    const { jobId } = await queueFor(database, asked);
    expect(await step(database, 10)).toEqual([expect.objectContaining({ jobId })]);
    expect((await findBackfill(database.orm, id))?.progress).toMatchObject({ SKIPPED: 1, HANDED_OUT: 1 });
  });

  test('cannot be claimed while paused, after its end, or for another renderer version', async () => {
    const database = await migratedDatabase();
    await database.orm.delete(frictionEvents);
    await writeEvent(database.orm);
    const id = await begin(database);
    const claim = (version = RENDERER_VERSION): Promise<BackfillRow | undefined> =>
      database.transaction((tx) => claimBackfill(tx, version));
    expect(await claim()).toMatchObject({ id });
    expect(await claim('v0')).toBeUndefined();
    await database.transaction((tx) => setBackfillState(tx, id, 'PAUSED'));
    expect(await claim()).toBeUndefined();
    await database.transaction((tx) => setBackfillState(tx, id, 'RUNNING'));
    expect(await claim()).toMatchObject({ id });
    await database.transaction((tx) => setBackfillState(tx, id, 'CANCELLED'));
    expect(await claim()).toBeUndefined();
  });
});

describe('a backfill on a PostgreSQL server', () => {
  test('is claimed by one process at a time, and others do not block', async () => {
    const database = await migratedDatabase();
    await writeEvent(database.orm);
    const id = await begin(database);
    await database.transaction(async (tx) => {
      expect(await claimBackfill(tx, RENDERER_VERSION)).toMatchObject({ id });
      expect(await database.transaction((other) => claimBackfill(other, RENDERER_VERSION))).toBeUndefined();
    });
    expect(await database.transaction((tx) => claimBackfill(tx, RENDERER_VERSION))).toMatchObject({ id });
  });

  test('starts once for many concurrent requests', async () => {
    const database = await migratedDatabase();
    await writeEvent(database.orm);
    const ids = await Promise.all(
      Array.from({ length: 8 }, () =>
        database.transaction((tx) => createBackfill(tx, { ...CHOICE, concurrency: 1 })),
      ),
    );
    expect(ids.filter((id) => id !== undefined)).toHaveLength(1);
    expect(await rows(database, 'select count(*)::int as items from backfill_items')).toEqual([{ items: 1 }]);
  });
});
