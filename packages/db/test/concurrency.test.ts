import { fromDrizzle, PgBoss } from 'pg-boss';
import { describe, expect, test } from 'vitest';
import { sql } from '../src/drizzle.ts';
import {
  cancelRender,
  completeRender,
  DatabaseError,
  deleteVideo,
  failRender,
  migrateDatabase,
  queueRender,
  requestCancel,
  startRender,
} from '../src/index.ts';
import { freshDatabaseUrl, migratedDatabase, open, rows } from './support/databases.ts';
import { fileFacts, requestFor, writeEvent } from './support/renders.ts';

test('200 identical concurrent requests create one render and all return its id', async () => {
  const url = await freshDatabaseUrl();
  // Like several processes, each with its own pool.
  const databases = await Promise.all([1, 2, 3, 4].map(() => open(url)));
  const [database] = databases;
  if (database === undefined) throw new Error('no database');
  await migrateDatabase(database);
  const request = requestFor(await writeEvent(database.orm));
  const results = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      (databases[index % databases.length] ?? database).transaction((tx) => queueRender(tx, request)),
    ),
  );
  expect(results.filter(({ created }) => created)).toHaveLength(1);
  expect(new Set(results.map(({ jobId }) => jobId)).size).toBe(1);
  expect(await rows(database, 'select count(*)::int as jobs from render_jobs')).toEqual([{ jobs: 1 }]);
});

describe('one video', () => {
  test('runs all operations concurrently without deadlock and ends in a consistent state', async () => {
    const database = await migratedDatabase(20);
    const request = requestFor(await writeEvent(database.orm));
    const { hash } = request;
    let forced = false;
    const queue = () => database.transaction((tx) => queueRender(tx, { ...request, forced }));
    for (let round = 0; round < 15; round += 1) {
      forced = round % 3 === 0;
      const { jobId } = await queue();
      const render = { jobId: jobId ?? '00000000-0000-4000-8000-000000000000', hash };
      const happenings: (() => Promise<unknown>)[] = [
        queue,
        queue,
        () => startRender(database.orm, { ...render, engine: 'e', worker: 'w', framesTotal: 180, try: 1 }),
        () => database.transaction((tx) => completeRender(tx, fileFacts(render))),
        () => failRender(database.orm, { ...render, errorCode: 'X', errorMessage: 'x' }),
        () => cancelRender(database.orm, render),
        () => requestCancel(database.orm, hash),
        () => database.transaction((tx) => deleteVideo(tx, hash)),
        queue,
      ];
      const outcomes = await Promise.allSettled(happenings.map((happen) => happen()));
      expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
      const [state] = await rows(
        database,
        `select count(*) filter (where state in ('QUEUED', 'RENDERING'))::int as active,
           (select status from asset_cache_public where hash = $1) as status
         from render_jobs where hash = $1`,
        [hash],
      );
      expect(state?.['active']).toBeLessThanOrEqual(1);
      // A QUEUED video always has an active job.
      if (state?.['status'] === 'QUEUED') expect(state['active']).toBe(1);
    }
  });
});

describe('a pg-boss queue', () => {
  test('is notified of a new job instead of polling', async () => {
    const url = await freshDatabaseUrl();
    const database = await open(url);
    const boss = new PgBoss({
      connectionString: url,
      useListenNotify: true,
      supervise: false,
      schedule: false,
    });
    await boss.start();
    try {
      await boss.createQueue('render', { notify: true });
      const heard = Promise.withResolvers<unknown>();
      const patience = { pollingIntervalSeconds: 600, notifyPollingIntervalSeconds: 600 };
      await boss.work('render', patience, ([job]) => {
        heard.resolve(job?.data);
        return Promise.resolve();
      });
      // The first fetch finds no job; the next poll is in ten minutes, unless a notification arrives.
      await boss.fetch('render');
      await database.transaction((tx) => boss.send('render', { n: 1 }, { db: fromDrizzle(tx, sql) }));
      expect(await heard.promise).toEqual({ n: 1 });
    } finally {
      await boss.stop({ graceful: false });
    }
  });

  test('adds its job in the transaction that queues the render, or not at all', async () => {
    const database = await migratedDatabase();
    const boss = new PgBoss({
      db: database,
      supervise: false,
      schedule: false,
    });
    const errors: unknown[] = [];
    boss.on('error', (error) => errors.push(error));
    await boss.start();
    try {
      await boss.createQueue('render');
      const ask = async (end: () => void) => {
        const request = requestFor(await writeEvent(database.orm));
        return database.transaction(async (tx) => {
          const { jobId } = await queueRender(tx, request);
          if (jobId === null) throw new Error('no job');
          await boss.send('render', { jobId }, { id: jobId, db: fromDrizzle(tx, sql) });
          end();
          return jobId;
        });
      };
      const kept = await ask(() => undefined);
      const undone = new Error('undone');
      await expect(
        ask(() => {
          throw undone;
        }),
      ).rejects.toBe(undone);
      expect((await boss.fetch('render', { batchSize: 10 })).map(({ id }) => id)).toEqual([kept]);
      expect(await rows(database, 'select id from render_jobs')).toEqual([{ id: kept }]);
      // pg-boss relies on the error's `code`.
      await expect(database.executeSql('select * from pgboss.nowhere')).rejects.toMatchObject({
        code: '42P01',
      });
      await expect(database.executeSql('create table pgboss.job (id int)')).rejects.toThrow('already exists');
      await expect(database.executeSql('select 1 / 0')).rejects.toThrow('division by zero');
      await expect(database.executeSql('select 1 / 0')).rejects.toBeInstanceOf(DatabaseError);
      expect(errors).toEqual([]);
    } finally {
      await boss.stop({ graceful: false });
    }
  });
});
