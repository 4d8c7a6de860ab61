import { RENDERER_VERSION } from '@defrag/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { eq } from '../src/drizzle.ts';
import {
  completeRender,
  countVideos,
  type Database,
  FRICTION_EVENT_SORTS,
  type FrictionEventFilters,
  type FrictionEventSort,
  failRender,
  frictionEvents,
  InvalidCursorError,
  listFrictionEvents,
  listVideos,
  requestCancel,
  type VideoFilters,
} from '../src/index.ts';
import { migratedDatabase, rows } from './support/databases.ts';
import { fileFacts, queueFor, writeEvent } from './support/renders.ts';

const WITH_VIDEO = { durationMs: 6_000, rendererVersion: RENDERER_VERSION };

type Queued = Awaited<ReturnType<typeof queueFor>>;

async function allEvents(
  database: Database,
  order: { sort: FrictionEventSort; direction: 'asc' | 'desc' },
  options: { limit?: number; filters?: FrictionEventFilters; betweenPages?: () => Promise<void> } = {},
) {
  const items = [];
  let cursor: string | undefined;
  do {
    const page = await listFrictionEvents(database.orm, {
      ...WITH_VIDEO,
      ...order,
      limit: options.limit ?? 100,
      filters: options.filters ?? {},
      cursor,
    });
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
    if (cursor !== undefined) await options.betweenPages?.();
  } while (cursor !== undefined);
  return items;
}

describe('the list of friction events', () => {
  test('returns every event once in any order and page size, with ties and concurrent inserts', async () => {
    const database = await migratedDatabase();
    // Many ties, and times one microsecond apart.
    await database.executeSql(`
      insert into friction_events (user_id, connection_id, event_date, engine_version, pressure_score, friction_score,
        fidelity_bucket, asset_hash, provenance_hash, created_at)
      select gen_random_uuid(), gen_random_uuid(), date '2025-01-01' + i % 4, 'e', i % 3, i % 5, 'LOW', 'a', 's' || i,
        timestamptz '2025-01-01 00:00:00.000001+00' + (i / 3) * interval '1 microsecond'
      from generate_series(0, 39) i
    `);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FRICTION_EVENT_SORTS),
        fc.constantFrom('asc' as const, 'desc' as const),
        fc.integer({ min: 1, max: 45 }),
        fc.boolean(),
        async (sort, direction, limit, busy) => {
          // No event has a video, so all have the same status.
          const column = sort === 'video_status' ? 'event_date' : sort;
          const expected = await rows(
            database,
            `select id from friction_events order by ${column} ${direction}, id ${direction}`,
          );
          const there = new Set(expected.map(({ id }) => id));
          const inserted: string[] = [];
          const seen = await allEvents(
            database,
            { sort, direction },
            {
              limit,
              betweenPages: async () => {
                // At most ten: an insert per page would never let the listing end.
                if (busy && inserted.length < 10)
                  inserted.push(
                    (await writeEvent(database.orm, { eventDate: '2025-01-02', frictionScore: 2 })).id,
                  );
              },
            },
          );
          // Earlier events appear once and in order, concurrently inserted ones at most once.
          expect(seen.map(({ id }) => id).filter((id) => there.has(id))).toEqual(
            expected.map(({ id }) => id),
          );
          expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
          for (const id of inserted)
            await database.orm.delete(frictionEvents).where(eq(frictionEvents.id, id));
        },
      ),
      { numRuns: 15 },
    );
  });

  test('filters with inclusive bounds', async () => {
    const database = await migratedDatabase();
    for (const score of [0, 20, 40, 60, 80, 100]) {
      await writeEvent(database.orm, {
        frictionScore: score,
        pressureScore: 100 - score,
        eventDate: `2025-02-${String(10 + score / 20)}`,
        fidelityBucket: score < 50 ? 'LOW' : 'HIGH',
      });
    }
    const scores = async (filters: FrictionEventFilters) =>
      (await allEvents(database, { sort: 'friction_score', direction: 'asc' }, { filters })).map(
        (event) => event.frictionScore,
      );
    expect(await scores({ minFrictionScore: 20, maxFrictionScore: 60 })).toEqual([20, 40, 60]);
    expect(await scores({ minPressureScore: 80 })).toEqual([0, 20]);
    expect(await scores({ maxPressureScore: 0 })).toEqual([100]);
    expect(await scores({ dateFrom: '2025-02-11', dateTo: '2025-02-12' })).toEqual([20, 40]);
    expect(await scores({ fidelityBucket: 'HIGH' })).toEqual([60, 80, 100]);
    expect(await scores({ fidelityBucket: 'HIGH', maxFrictionScore: 60 })).toEqual([60]);
    expect(await scores({ minFrictionScore: 61, maxFrictionScore: 79 })).toEqual([]);
  });

  test('returns and filters by the video of the current inputs, including shared videos and edited events', async () => {
    const database = await migratedDatabase();
    const long = 'long seed '.repeat(1_000);
    const ready = await writeEvent(database.orm, { provenanceHash: long });
    const twin = await writeEvent(database.orm, { provenanceHash: long });
    const render = await queueFor(database, ready);
    await database.transaction((tx) => completeRender(tx, fileFacts(render)));
    const queued = await writeEvent(database.orm);
    await queueFor(database, queued);
    const failed = await writeEvent(database.orm);
    const failedRender = await queueFor(database, failed);
    await failRender(database.orm, { ...failedRender, errorCode: 'X', errorMessage: 'x' });
    const cancelled = await writeEvent(database.orm);
    await requestCancel(database.orm, (await queueFor(database, cancelled)).hash);
    const never = await writeEvent(database.orm);
    const edited = await writeEvent(database.orm, { provenanceHash: long, frictionScore: 71 });

    const statuses = async (filters: FrictionEventFilters = {}) =>
      Object.fromEntries(
        (await allEvents(database, { sort: 'created_at', direction: 'asc' }, { filters, limit: 2 })).map(
          (event) => [event.id, event.video?.status ?? null],
        ),
      );
    expect(await statuses()).toEqual({
      [ready.id]: 'READY',
      [twin.id]: 'READY',
      [queued.id]: 'QUEUED',
      [failed.id]: 'FAILED',
      [cancelled.id]: 'MISSING',
      [never.id]: null,
      [edited.id]: null,
    });
    expect(await statuses({ videoStatus: 'READY' })).toEqual({ [ready.id]: 'READY', [twin.id]: 'READY' });
    expect(await statuses({ videoStatus: 'QUEUED' })).toEqual({ [queued.id]: 'QUEUED' });
    expect(await statuses({ videoStatus: 'FAILED' })).toEqual({ [failed.id]: 'FAILED' });
    expect(await statuses({ videoStatus: 'MISSING' })).toEqual({
      [cancelled.id]: 'MISSING',
      [never.id]: null,
      [edited.id]: null,
    });
    await database.orm
      .update(frictionEvents)
      .set({ frictionScore: 72 })
      .where(eq(frictionEvents.id, edited.id));
    await database.orm.update(frictionEvents).set({ pressureScore: 1 }).where(eq(frictionEvents.id, twin.id));
    expect(await statuses({ videoStatus: 'READY' })).toEqual({ [ready.id]: 'READY', [edited.id]: 'READY' });

    const [first] = await allEvents(
      database,
      { sort: 'created_at', direction: 'asc' },
      { filters: { videoStatus: 'READY' } },
    );
    expect(first?.video).toEqual({
      hash: render.hash,
      status: 'READY',
      url: fileFacts(render).url,
      width: 1920,
      height: 1080,
      durationSeconds: 6,
      updatedAt: expect.any(Date),
    });
    const otherLength = await listFrictionEvents(database.orm, {
      ...WITH_VIDEO,
      durationMs: 5_000,
      limit: 100,
      sort: 'created_at',
      direction: 'asc',
      filters: {},
    });
    expect(otherLength.items.map(({ video }) => video)).toEqual(Array(7).fill(null));
  });

  test('sorts by video status across pages of any size', async () => {
    const database = await migratedDatabase();
    const make = async (index: number, settle: (render: Queued) => Promise<unknown>) => {
      const event = await writeEvent(database.orm, { eventDate: `2025-04-${10 + index}` });
      await settle(await queueFor(database, event));
      return event.id;
    };
    const complete = (render: Queued) => database.transaction((tx) => completeRender(tx, fileFacts(render)));
    const fail = (render: Queued) =>
      failRender(database.orm, { ...render, errorCode: 'X', errorMessage: 'x' });
    const wait = () => Promise.resolve();
    const ids: Record<string, string[]> = { MISSING: [], QUEUED: [], READY: [], FAILED: [] };
    for (let index = 0; index < 12; index += 4) {
      ids['READY']?.push(await make(index, complete));
      ids['QUEUED']?.push(await make(index + 1, wait));
      ids['FAILED']?.push(await make(index + 2, fail));
      ids['MISSING']?.push((await writeEvent(database.orm, { eventDate: `2025-04-${13 + index}` })).id);
    }
    const ascending = ['MISSING', 'QUEUED', 'READY', 'FAILED'].flatMap((status) => ids[status] ?? []);
    const list = async (direction: 'asc' | 'desc', limit: number, filters: FrictionEventFilters = {}) =>
      (await allEvents(database, { sort: 'video_status', direction }, { limit, filters })).map(
        ({ id }) => id,
      );
    for (const limit of [1, 2, 3, 4, 5, 11, 12, 100]) {
      expect(await list('asc', limit)).toEqual(ascending);
      expect(await list('desc', limit)).toEqual(ascending.toReversed());
    }
    const last = await listFrictionEvents(database.orm, {
      ...{ ...WITH_VIDEO, sort: 'video_status', direction: 'asc', limit: 3 },
      filters: { dateTo: '2025-04-12' },
    });
    expect([last.items.length, last.nextCursor]).toEqual([3, null]);
    expect(await list('asc', 2, { videoStatus: 'FAILED' })).toEqual(ids['FAILED']);
    expect(await list('asc', 2, { dateFrom: '2025-04-20' })).toHaveLength(2);
    expect(await list('asc', 2, { videoStatus: 'READY', dateFrom: '2025-05-01' })).toEqual([]);
  });

  test('finds events by id prefix', async () => {
    const database = await migratedDatabase();
    const ids = [
      'abcdef01-0000-4000-8000-000000000001',
      'abcdef01-ffff-4fff-8fff-ffffffffffff',
      'abcdef02-0000-4000-8000-000000000000',
    ];
    for (const id of ids) await writeEvent(database.orm, { id });
    const find = async (idPrefix: string) =>
      (await allEvents(database, { sort: 'created_at', direction: 'asc' }, { filters: { idPrefix } })).map(
        ({ id }) => id,
      );
    expect(await find('abcdef0')).toEqual(ids);
    expect(await find('abcdef01')).toEqual(ids.slice(0, 2));
    expect(await find('abcdef01f')).toEqual([ids[1]]);
    expect(await find('abcdef0200004000800000000000000' + '0')).toEqual([ids[2]]);
    expect(await find('b')).toEqual([]);
  });

  test('rejects forged cursors and cursors of another sort order', async () => {
    const database = await migratedDatabase();
    for (let index = 0; index < 3; index += 1) await writeEvent(database.orm);
    const list = (sort: FrictionEventSort, direction: 'asc' | 'desc', cursor?: string) =>
      listFrictionEvents(database.orm, { ...WITH_VIDEO, sort, direction, limit: 1, filters: {}, cursor });
    const cursor = (await list('created_at', 'asc')).nextCursor ?? '';
    expect(cursor).toMatch(/^[\w-]+$/);
    const forge = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url');
    const id = '00000000-0000-4000-8000-000000000001';
    await expect(list('created_at', 'desc', cursor)).rejects.toBeInstanceOf(InvalidCursorError);
    await expect(list('event_date', 'asc', cursor)).rejects.toBeInstanceOf(InvalidCursorError);
    for (const forged of [
      '',
      '!',
      'null',
      cursor.slice(0, -3),
      'x'.repeat(100_000),
      forge(null),
      forge([]),
      forge(['created_at asc', 1, id]),
      forge(['created_at asc', 'yesterday-ish', id]),
      forge(['created_at asc', '2025-13-45', id]),
      forge(['created_at asc', '2025-01-01', 'no uuid']),
      forge(['created_at asc', "2025-01-01'; select 1 --", id]),
      forge(['created_at asc', '2025-01-01\0', id]),
    ]) {
      await expect(list('created_at', 'asc', forged), forged.slice(0, 50)).rejects.toBeInstanceOf(
        InvalidCursorError,
      );
    }
    for (const forged of [
      forge(['video_status asc', 'DONE', '']),
      forge(['video_status asc', 'READY', cursor]),
      forge(['video_status desc', 'READY', '']),
      forge(['video_status asc', '__proto__', '']),
    ]) {
      await expect(list('video_status', 'asc', forged)).rejects.toBeInstanceOf(InvalidCursorError);
    }
    for (const limit of [0, 101, 1.5, Number.NaN]) {
      await expect(
        listFrictionEvents(database.orm, {
          ...WITH_VIDEO,
          sort: 'created_at',
          direction: 'asc',
          limit,
          filters: {},
        }),
      ).rejects.toBeInstanceOf(RangeError);
    }
  });
});

describe('the list of videos', () => {
  async function allVideos(
    database: Database,
    direction: 'asc' | 'desc',
    filters: VideoFilters = {},
    limit = 100,
  ) {
    const items = [];
    let cursor: string | undefined;
    do {
      const page = await listVideos(database.orm, { limit, direction, filters, cursor });
      items.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return items;
  }

  test('returns every video once in order of creation, without stills and private values', async () => {
    const database = await migratedDatabase();
    await database.executeSql(
      "insert into asset_cache_public (hash, type, status) values ('still', 'STILL', 'READY')",
    );
    const hashes: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      hashes.push((await queueFor(database, await writeEvent(database.orm))).hash);
    }
    await database.executeSql("update asset_cache_public set created_at = '2025-01-01 00:00:00.000001+00'");
    await database.executeSql(
      "update asset_cache_public set created_at = '2025-01-01 00:00:00.000002+00' where hash > 'b'",
    );
    const expected = (
      await rows(
        database,
        "select hash from asset_cache_public where type = 'VIDEO' order by created_at, hash",
      )
    ).map(({ hash }) => hash);
    expect([...expected].sort()).toEqual([...hashes].sort());
    for (const limit of [1, 2, 3, 7, 100]) {
      expect((await allVideos(database, 'asc', {}, limit)).map(({ hash }) => hash)).toEqual(expected);
      expect((await allVideos(database, 'desc', {}, limit)).map(({ hash }) => hash)).toEqual(
        [...expected].reverse(),
      );
    }
    const said = JSON.stringify(await allVideos(database, 'asc'));
    expect(said).not.toContain('curves');
    expect(said).not.toContain('canonical');
  });

  test('filters by status, engine, version, time and event', async () => {
    const database = await migratedDatabase();
    const event = await writeEvent(database.orm);
    const twin = await writeEvent(database.orm, { provenanceHash: event.provenanceHash });
    const stranger = await writeEvent(database.orm);
    const ready = await queueFor(database, event);
    await database.transaction((tx) => completeRender(tx, fileFacts(ready)));
    const queued = await queueFor(database, stranger);
    const hashes = async (filters: VideoFilters) =>
      (await allVideos(database, 'asc', filters)).map(({ hash }) => hash);
    expect(await hashes({ status: 'READY' })).toEqual([ready.hash]);
    expect(await hashes({ status: 'FAILED' })).toEqual([]);
    expect(await hashes({ engine: 'embedded' })).toEqual([ready.hash]);
    expect(await hashes({ rendererVersion: RENDERER_VERSION })).toEqual([ready.hash, queued.hash]);
    expect(await hashes({ rendererVersion: 'v0' })).toEqual([]);
    expect(await hashes({ createdFrom: new Date(Date.now() + 60_000) })).toEqual([]);
    expect(await hashes({ createdTo: new Date(Date.now() + 60_000) })).toEqual([ready.hash, queued.hash]);
    expect(await hashes({ frictionId: event.id })).toEqual([ready.hash]);
    expect(await hashes({ frictionId: twin.id })).toEqual([ready.hash]);
    expect(await hashes({ frictionId: stranger.id })).toEqual([queued.hash]);
    expect(await hashes({ hashPrefix: ready.hash.slice(0, 12) })).toEqual([ready.hash]);
    expect(await hashes({ hashPrefix: ready.hash })).toEqual([ready.hash]);
    expect(await hashes({ hashPrefix: `${ready.hash.slice(0, 12)}x` })).toEqual([]);
    // After an edit, the event keeps the video that it requested.
    await database.orm
      .update(frictionEvents)
      .set({ frictionScore: 1 })
      .where(eq(frictionEvents.id, event.id));
    expect(await hashes({ frictionId: event.id })).toEqual([ready.hash]);
  });

  test('counts videos by status and sums the bytes of READY ones, with the same filters', async () => {
    const database = await migratedDatabase();
    const none = { MISSING: 0, QUEUED: 0, READY: 0, FAILED: 0 };
    expect(await countVideos(database.orm, {})).toEqual({ byStatus: none, storedBytes: 0 });
    const event = await writeEvent(database.orm);
    for (const done of [event, await writeEvent(database.orm)]) {
      const render = await queueFor(database, done);
      await database.transaction((tx) => completeRender(tx, fileFacts(render)));
    }
    await queueFor(database, await writeEvent(database.orm));
    await database.executeSql(
      "insert into asset_cache_public (hash, type, status) values ('s', 'STILL', 'READY'), ('foreign', 'VIDEO', 'READY')",
    );
    expect(await countVideos(database.orm, {})).toEqual({
      byStatus: { ...none, READY: 3, QUEUED: 1 },
      storedBytes: 11_000_000,
    });
    expect(await countVideos(database.orm, { frictionId: event.id })).toEqual({
      byStatus: { ...none, READY: 1 },
      storedBytes: 5_500_000,
    });
  });

  test('returns a video that another system wrote, without details', async () => {
    const database = await migratedDatabase();
    await database.executeSql(
      "insert into asset_cache_public (hash, type, status, url) values ('foreign', 'VIDEO', 'READY', 'u')",
    );
    expect(await allVideos(database, 'asc')).toEqual([
      expect.objectContaining({ hash: 'foreign', status: 'READY', url: 'u', details: null, latestJob: null }),
    ]);
  });

  test('rejects a cursor of the other direction', async () => {
    const database = await migratedDatabase();
    for (let index = 0; index < 2; index += 1) await queueFor(database, await writeEvent(database.orm));
    const { nextCursor } = await listVideos(database.orm, { limit: 1, direction: 'asc', filters: {} });
    await expect(
      listVideos(database.orm, { limit: 1, direction: 'desc', filters: {}, cursor: nextCursor ?? '' }),
    ).rejects.toBeInstanceOf(InvalidCursorError);
  });
});
