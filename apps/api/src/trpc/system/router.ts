import { RENDERER_VERSION, StatisticsRequestSchema, StatisticsSchema } from '@defrag/core';
import {
  countFrictionEvents,
  listFailedRenders,
  listVideoRequestHours,
  listWorkers,
  readEndedRenders,
  readQueueDepth,
  readStorageTotals,
} from '@defrag/db';
import { WORKER_ALIVE_FOR_SECONDS } from '../../pipeline/worker/worker-heartbeat.ts';
import { adminProcedure } from '../init.ts';
import { rest } from '../meta.ts';
import { timestamp } from '../wire.ts';
import { queueDto, renderErrorDto, renderTimeDto, requestsDto, workerDto } from './dto.ts';

const MAX_ERRORS = 20;

export const statisticsProcedure = adminProcedure
  .meta(
    rest('GET /admin/statistics', {
      id: 'getStatistics',
      tag: 'System',
      summary: 'Get the state of the system',
    }),
  )
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
      measured_at: timestamp(new Date()),
      window_hours: hours,
      queue: queueDto(queue),
      ended: { succeeded: ended.succeeded, failed: ended.failed, cancelled: ended.cancelled },
      workers: workers.map(workerDto),
      render_time: renderTimeDto(ended),
      requests: requestsDto(requests),
      last_errors: errors.map(renderErrorDto),
      storage,
      friction_events: events,
    };
  });
