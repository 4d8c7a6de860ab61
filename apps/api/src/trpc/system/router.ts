import { RENDERER_VERSION, StatisticsRequestSchema, StatisticsSchema } from '@defrag/core';
import {
  countFrictionEvents,
  listFailedRenders,
  listVideoRequestHours,
  listWorkers,
  type RequestHourRow,
  readEndedRenders,
  readQueueDepth,
  readStorageTotals,
} from '@defrag/db';
import { WORKER_ALIVE_FOR_SECONDS } from '../../pipeline/worker/worker-heartbeat.ts';
import { adminProcedure } from '../init.ts';
import { restWithTag } from '../meta.ts';
import { engineName, toWire } from '../wire.ts';

const MAX_ERRORS = 20;

export const statisticsProcedure = adminProcedure
  .meta(restWithTag('System')('GET /admin/statistics', 'getStatistics', 'Get the state of the system'))
  .input(StatisticsRequestSchema.prefault({}))
  .output(StatisticsSchema)
  .query(async ({ ctx, input }) => {
    const { database, store } = ctx.services;
    const { orm } = database;
    const hours = input.window_hours;
    const [queue, ended, workers, requests, errors, storage, events] = await Promise.all([
      readQueueDepth(orm),
      readEndedRenders(orm, hours),
      listWorkers(orm, { aliveForSeconds: WORKER_ALIVE_FOR_SECONDS }),
      listVideoRequestHours(orm, hours),
      listFailedRenders(orm, MAX_ERRORS),
      readStorageTotals(orm),
      countFrictionEvents(orm),
    ]);
    return {
      engine: ctx.engine,
      store: store.kind,
      database: ctx.services.databaseKind,
      renderer_version: RENDERER_VERSION,
      node_version: process.version,
      measured_at: new Date().toISOString(),
      window_hours: hours,
      queue: toWire(queue),
      ended,
      workers: workers.map(({ createdAt, ...worker }) => ({
        ...toWire({ ...worker, startedAt: createdAt }),
        engine: engineName(worker.engine),
      })),
      render_time: { ...toWire(ended), renders: ended.succeeded },
      requests: requestsDto(requests),
      last_errors: errors.map(({ id, finishedAt, updatedAt, errorCode, ...job }) => ({
        ...toWire({ ...job, jobId: id, at: finishedAt ?? updatedAt }),
        error_code: errorCode ?? 'RENDER_FAILED',
      })),
      storage,
      friction_events: events,
    };
  });

function requestsDto(hours: readonly RequestHourRow[]) {
  const total = (outcome: 'hits' | 'misses' | 'forced') =>
    hours.reduce((sum, hour) => sum + hour[outcome], 0);
  const [hits, misses, forced] = [total('hits'), total('misses'), total('forced')];
  const hit_rate = hits + misses === 0 ? null : hits / (hits + misses);
  return { hits, misses, forced, hit_rate, hours: hours.map(toWire) };
}
