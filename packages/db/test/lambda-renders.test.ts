import { describe, expect, test } from 'vitest';
import {
  beginLambdaRender,
  type Database,
  discardLambdaRender,
  endLambdaRender,
  findLambdaRender,
  findRenderJob,
  listLambdaRenders,
  recordLambdaInvocation,
  recordLambdaWebhook,
} from '../src/index.ts';
import { migratedDatabase } from './support/databases.ts';
import { queueFor, writeEvent } from './support/renders.ts';

/** A queued job for a new event. */
async function newJob(database: Database): Promise<string> {
  const { jobId } = await queueFor(database, await writeEvent(database.orm));
  return jobId;
}

const begin = (database: Database, jobId: string, more: { slots?: number; lifetimeSeconds?: number } = {}) =>
  beginLambdaRender(database.orm, {
    jobId,
    objectKeyOf: (id) => `incoming/${id}.mp4`,
    slots: 4,
    budget: 10,
    lifetimeSeconds: 60,
    ...more,
  });

/** Begins a render and expects that it may be invoked. */
async function begun(database: Database, jobId: string) {
  const found = await begin(database, jobId);
  if (found.kind !== 'begun') throw new Error(`it was ${found.kind}`);
  return found.render;
}

describe('a render on Lambda', () => {
  test('begins once per job and is resumed by the next caller', async () => {
    const database = await migratedDatabase();
    const jobId = await newJob(database);
    const answers = await Promise.all([1, 2, 3, 4].map(() => begin(database, jobId)));
    expect(answers.map((answer) => answer.kind).sort()).toEqual(['begun', 'resumed', 'resumed', 'resumed']);
    const [render, ...others] = await listLambdaRenders(database.orm, jobId);
    expect(others).toEqual([]);
    expect(render).toMatchObject({ state: 'INVOKING', objectKey: `incoming/${render?.id}.mp4` });
  });

  test('reserves its concurrency; the next render waits until there is room', async () => {
    const database = await migratedDatabase();
    const jobs = await Promise.all([newJob(database), newJob(database), newJob(database)]);
    const answers = await Promise.all(jobs.map((jobId) => begin(database, jobId)));
    expect(answers.map((answer) => answer.kind).sort()).toEqual(['begun', 'begun', 'full']);
    const first = answers.find((answer) => answer.kind === 'begun');
    if (first?.kind !== 'begun') throw new Error('none was begun');
    const waiting = jobs.find((_, at) => answers[at]?.kind === 'full') ?? '';
    await endLambdaRender(database.orm, {
      id: first.render.id,
      state: 'CANCELLED',
      costUsd: null,
      slotsHeldForSeconds: 30,
    });
    expect((await begin(database, waiting)).kind).toBe('full');
    await database.executeSql('update lambda_renders set slots_until = now() where id = $1', [
      first.render.id,
    ]);
    expect((await begin(database, waiting)).kind).toBe('begun');
  });

  test('releases its concurrency when its lifetime is over, even if never ended', async () => {
    const database = await migratedDatabase();
    const [first, second] = [await newJob(database), await newJob(database)];
    const lost = await begin(database, first, { slots: 10, lifetimeSeconds: 0 });
    if (lost.kind !== 'begun') throw new Error(`it was ${lost.kind}`);
    expect(await findLambdaRender(database.orm, lost.render.id)).toMatchObject({ isOverdue: true });
    expect((await begin(database, second, { slots: 10 })).kind).toBe('begun');
  });

  test('is resumed after success while its file exists', async () => {
    const database = await migratedDatabase();
    const jobId = await newJob(database);
    const { id } = await begun(database, jobId);
    await endLambdaRender(database.orm, { id, state: 'SUCCEEDED', costUsd: 0 });
    expect(await begin(database, jobId)).toMatchObject({
      kind: 'resumed',
      render: { id, state: 'SUCCEEDED' },
    });
    await discardLambdaRender(database.orm, id);
    expect((await begin(database, jobId)).kind).toBe('begun');
  });

  test('ends once and adds its cost to the job', async () => {
    const database = await migratedDatabase();
    const jobId = await newJob(database);
    const first = await begun(database, jobId);
    expect(await recordLambdaInvocation(database.orm, { id: first.id, remotionRenderId: 'one' })).toBe(true);
    expect((await findRenderJob(database.orm, jobId))?.costUsd).toBeNull();
    const end = { id: first.id, state: 'FAILED' as const, costUsd: 0.00156 };
    expect(await endLambdaRender(database.orm, end)).toBe(true);
    expect(await endLambdaRender(database.orm, { ...end, state: 'SUCCEEDED' })).toBe(false);
    expect(await recordLambdaInvocation(database.orm, { id: first.id, remotionRenderId: 'two' })).toBe(false);
    const second = await begun(database, jobId);
    await endLambdaRender(database.orm, { id: second.id, state: 'SUCCEEDED', costUsd: 0.002 });
    expect((await findRenderJob(database.orm, jobId))?.costUsd).toBe(0.00356);
    expect((await listLambdaRenders(database.orm, jobId)).map(({ state }) => state)).toEqual([
      'FAILED',
      'SUCCEEDED',
    ]);
  });

  test('records only the first webhook, with the matching id, before its end', async () => {
    const database = await migratedDatabase();
    const { id } = await begun(database, await newJob(database));
    const tell = (remotionRenderId: string, outcome: 'success' | 'error' = 'success') =>
      recordLambdaWebhook(database.orm, { id, remotionRenderId, outcome });
    expect(
      await recordLambdaWebhook(database.orm, {
        id: crypto.randomUUID(),
        remotionRenderId: 'one',
        outcome: 'error',
      }),
    ).toBe('unknown');
    expect(await Promise.all([tell('one'), tell('one')])).toEqual(
      expect.arrayContaining(['recorded', 'ignored']),
    );
    expect(await tell('one', 'error')).toBe('ignored');
    expect(await tell('another', 'error')).toBe('unknown');
    expect(await findLambdaRender(database.orm, id)).toMatchObject({
      state: 'RUNNING',
      remotionRenderId: 'one',
      webhookOutcome: 'success',
    });
    await endLambdaRender(database.orm, { id, state: 'SUCCEEDED', costUsd: 0 });
    expect(await tell('one', 'error')).toBe('ignored');
    expect(await findLambdaRender(database.orm, id)).toMatchObject({
      state: 'SUCCEEDED',
      webhookOutcome: 'success',
    });
  });
});
