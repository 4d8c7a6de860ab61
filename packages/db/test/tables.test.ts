import { describe, expect, test } from 'vitest';
import { frictionBracket10, pressureBucket } from '../src/index.ts';
import { migratedDatabase, rows } from './support/databases.ts';
import { queueFor, writeEvent } from './support/renders.ts';

describe('the tables', () => {
  test('set updated_at on every update', async () => {
    const database = await migratedDatabase();
    const event = await writeEvent(database.orm);
    const { hash } = await queueFor(database, event);
    for (const [table, key, id] of [
      ['friction_events', 'id', event.id],
      ['asset_cache_public', 'hash', hash],
      ['asset_cache_private', 'hash', hash],
      ['video_details', 'hash', hash],
      ['render_jobs', 'hash', hash],
    ] as const) {
      await database.executeSql(`update ${table} set updated_at = '2001-01-01' where ${key} = $1`, [id]);
      const [row] = await rows(
        database,
        `select updated_at >= created_at as touched from ${table} where ${key} = $1`,
        [id],
      );
      expect(row, table).toEqual({ touched: true });
    }
  });

  test('reject unknown and out-of-range values and a second active job', async () => {
    const database = await migratedDatabase();
    const { hash } = await queueFor(database, await writeEvent(database.orm));
    for (const statement of [
      'update friction_events set friction_score = 101',
      'update friction_events set pressure_score = -1',
      "update friction_events set fidelity_bucket = 'medium'",
      "update asset_cache_public set type = 'GIF'",
      "update asset_cache_public set status = 'DONE'",
      "update asset_cache_private set pressure_bucket = 'MEDIUM'",
      "update asset_cache_private set fidelity_bucket = 'MED'",
      'update video_details set friction_score = 101',
      "update video_details set content_sha256 = 'AB'",
      "update render_jobs set state = 'DONE'",
      'update render_jobs set frames_done = -1',
    ]) {
      await expect(database.executeSql(statement), statement).rejects.toMatchObject({ code: '23514' });
    }
    const second = `insert into render_jobs (hash, friction_id, frames_total) values ('${hash}', gen_random_uuid(), 1)`;
    await expect(database.executeSql(second)).rejects.toMatchObject({
      code: '23505',
      constraint: 'render_jobs_one_active_index',
    });
  });
});

describe('buckets', () => {
  test('end at 33 and 66 for pressure, and are multiples of ten for friction', () => {
    expect([0, 33, 34, 66, 67, 100].map(pressureBucket)).toEqual([
      'LOW',
      'LOW',
      'MED',
      'MED',
      'HIGH',
      'HIGH',
    ]);
    expect([0, 9, 10, 19, 72, 99, 100].map(frictionBracket10)).toEqual([0, 0, 10, 10, 70, 90, 100]);
  });
});
