import { videoInputs } from '@defrag/core';
import { describe, expect, test } from 'vitest';
import { DEMO_EVENTS, listFrictionEvents, seedDemoEvents } from '../src/index.ts';
import { migratedDatabase, rows } from './support/databases.ts';
import { writeEvent } from './support/renders.ts';

describe('the demo events', () => {
  test('are twelve with fixed ids and seeds, cover the score range and give valid inputs', () => {
    expect(DEMO_EVENTS.map(({ id }) => id)).toEqual(
      Array.from(
        { length: 12 },
        (_, index) => `00000000-0000-4000-8000-000000000${String(index + 1).padStart(3, '0')}`,
      ),
    );
    const scores = DEMO_EVENTS.map(({ frictionScore, pressureScore }) => `${frictionScore}/${pressureScore}`);
    expect(scores).toEqual(expect.arrayContaining(['0/0', '72/55', '93/90', '100/100']));
    expect(new Set(scores).size).toBe(12);
    expect(DEMO_EVENTS[0]?.provenanceHash).toBe(
      '1d1610a8fc56471df2ea6aeb4d43175675af5fa68f4e07a1a0adf094a9b290b0',
    );
    for (const event of DEMO_EVENTS) {
      const { frictionScore, pressureScore, provenanceHash: seed } = event;
      videoInputs({ frictionScore, pressureScore, seed });
      expect(seed).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  test('are inserted once into an empty database', async () => {
    const database = await migratedDatabase();
    expect(await seedDemoEvents(database)).toBe(12);
    expect(await seedDemoEvents(database)).toBe(0);
    const { items } = await listFrictionEvents(database.orm, {
      limit: 100,
      sort: 'event_date',
      direction: 'asc',
      filters: {},
      durationMs: 6_000,
      rendererVersion: 'v1-video',
    });
    expect(items.map(({ id }) => id)).toEqual(DEMO_EVENTS.map(({ id }) => id));
  });

  test('are not inserted into a database that has an event', async () => {
    const database = await migratedDatabase();
    await writeEvent(database.orm);
    expect(await seedDemoEvents(database)).toBe(0);
    expect(await rows(database, 'select count(*)::int as n from friction_events')).toEqual([{ n: 1 }]);
  });
});
