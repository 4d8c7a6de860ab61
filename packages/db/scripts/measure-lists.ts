import { RENDERER_VERSION } from '@defrag/core';
import { startTemporaryPostgres } from '@defrag/local-postgres';
import {
  countVideos,
  createBackfill,
  FRICTION_EVENT_SORTS,
  listFrictionEvents,
  listVideos,
  migrateDatabase,
  openDatabase,
  readEndedRenders,
  readStorageTotals,
  setBackfillState,
  surveyBackfill,
} from '../src/index.ts';

/*
 * Measures the pages of both lists, the totals and a backfill on a PostgreSQL server with 300,000 friction events and 100,000 videos: the median of five.
 * `node packages/db/scripts/measure-lists.ts`
 */
const server = await startTemporaryPostgres();
const database = await openDatabase({ url: server.databaseUrl });
await migrateDatabase(database);
await database.executeSql(`
  insert into friction_events (user_id, connection_id, event_date, engine_version, pressure_score, friction_score,
    fidelity_bucket, asset_hash, provenance_hash, created_at)
  select gen_random_uuid(), gen_random_uuid(), date '2023-01-01' + i % 900, 'e', (i * 7) % 101, (i * 13) % 101,
    'LOW', 'a', md5(i::text) || md5(i::text), now() - i * interval '1 minute'
  from generate_series(1, 300000) i;
  insert into asset_cache_public (hash, type, status, created_at)
  select md5(i::text), 'VIDEO', 'READY', now() - i * interval '1 second' from generate_series(1, 100000) i;
  insert into video_details (hash, friction_score, pressure_score, seed, duration_ms, renderer_version, object_key)
  select md5(i::text), (i * 13) % 101, (i * 7) % 101, md5(i::text) || md5(i::text), 6000, '${RENDERER_VERSION}', 'k'
  from generate_series(1, 100000) i;
  insert into render_jobs (hash, friction_id, frames_total, state)
  select md5(i::text), gen_random_uuid(), 180, 'SUCCEEDED' from generate_series(1, 100000) i;
  analyze;
`);

const page = { limit: 100, direction: 'desc' } as const;
const video = { durationMs: 6_000, rendererVersion: RENDERER_VERSION };
for (const sort of FRICTION_EVENT_SORTS) {
  for (const videoStatus of [undefined, 'READY', 'FAILED', 'MISSING'] as const) {
    await measure(`events by ${sort}, video ${videoStatus ?? 'any'}`, () =>
      listFrictionEvents(database.orm, { ...page, ...video, sort, filters: { videoStatus } }),
    );
  }
}
for (const status of [undefined, 'READY', 'FAILED'] as const) {
  await measure(`videos, ${status ?? 'any'}`, () =>
    listVideos(database.orm, { ...page, filters: { status } }),
  );
}
const { items } = await listFrictionEvents(database.orm, {
  ...page,
  ...video,
  sort: 'created_at',
  filters: {},
});
await measure('videos of one event', () =>
  listVideos(database.orm, { ...page, filters: { frictionId: items[50]?.id } }),
);
await measure('totals of videos', () => countVideos(database.orm, {}));
await measure('storage totals', () => readStorageTotals(database.orm));
await measure('ended renders', () => readEndedRenders(database.orm, 24));
await measure('backfill, dry run', () => surveyBackfill(database.orm, video));
await measure('backfill, start and cancel', () =>
  database.transaction(async (tx) => {
    const id = await createBackfill(tx, { ...video, concurrency: 1 });
    if (id !== undefined) await setBackfillState(tx, id, 'CANCELLED');
  }),
);

await database.close();
await server.stop();
process.exit(0);

async function measure(name: string, run: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let index = 0; index < 6; index += 1) {
    const startedAt = performance.now();
    await run();
    times.push(performance.now() - startedAt);
  }
  // Without the first, which warms the caches.
  const median = times.slice(1).sort((left, right) => left - right)[2] ?? Number.NaN;
  console.log(`${name}: ${median.toFixed(1)} ms`);
}
