import {
  BackfillByIdRequestSchema,
  BackfillDryRunRequestSchema,
  BackfillDryRunSchema,
  BackfillSchema,
  ListBackfillsRequestSchema,
  ListBackfillsResponseSchema,
  RENDERER_VERSION,
  StartBackfillRequestSchema,
} from '@defrag/core';
import { type BackfillWithProgress, listBackfills } from '@defrag/db';
import {
  changeBackfill,
  fetchBackfill,
  planBackfill,
  startBackfill,
} from '../../pipeline/requests/backfill.ts';
import { adminProcedure, createRouter } from '../init.ts';
import { restWithTag } from '../meta.ts';
import { toWire } from '../wire.ts';

const rest = restWithTag('System');

export const backfillsRouter = createRouter({
  dryRun: adminProcedure
    .meta(
      rest(
        'GET /admin/backfills/dry-run',
        'planBackfill',
        'Show what a backfill would render, without starting it',
      ),
    )
    .input(BackfillDryRunRequestSchema.prefault({}))
    .output(BackfillDryRunSchema)
    .query(async ({ ctx, input }) => {
      const survey = await planBackfill(ctx.services, input.duration_ms);
      return {
        ...input,
        ...toWire(survey),
        renderer_version: RENDERER_VERSION,
        to_render: survey.videos - survey.ready,
      };
    }),

  start: adminProcedure
    .meta(
      rest('POST /admin/backfills', 'startBackfill', 'Start to render the videos of all events', {
        errors: ['CONFLICT'],
      }),
    )
    .input(StartBackfillRequestSchema.prefault({}))
    .output(BackfillSchema)
    .mutation(async ({ ctx, input }) => {
      const options = { durationMs: input.duration_ms, concurrency: input.concurrency };
      return backfillDto(await startBackfill(ctx.services, options));
    }),

  list: adminProcedure
    .meta(rest('GET /admin/backfills', 'listBackfills', 'List the newest backfills with their progress'))
    .input(ListBackfillsRequestSchema.prefault({}))
    .output(ListBackfillsResponseSchema)
    .query(async ({ ctx, input }) => {
      const found = await listBackfills(ctx.services.database.orm, input.limit);
      return { items: found.map(backfillDto) };
    }),

  byId: adminProcedure
    .meta(
      rest('GET /admin/backfills/{id}', 'getBackfill', 'Get a backfill and its progress', {
        errors: ['NOT_FOUND'],
      }),
    )
    .input(BackfillByIdRequestSchema)
    .output(BackfillSchema)
    .query(async ({ ctx, input }) => backfillDto(await fetchBackfill(ctx.services, input.id))),

  // Renders that were handed out already run to their end, whatever the change.
  pause: changeTo('PAUSED', 'pause', 'Pause a backfill'),
  resume: changeTo('RUNNING', 'resume', 'Resume a paused backfill'),
  cancel: changeTo('CANCELLED', 'cancel', 'Cancel a backfill'),
});

function changeTo(
  state: 'PAUSED' | 'RUNNING' | 'CANCELLED',
  verb: 'pause' | 'resume' | 'cancel',
  summary: string,
) {
  return adminProcedure
    .meta(
      rest(`POST /admin/backfills/{id}/${verb}`, `${verb}Backfill`, summary, {
        errors: ['NOT_FOUND', 'CONFLICT'],
      }),
    )
    .input(BackfillByIdRequestSchema)
    .output(BackfillSchema)
    .mutation(async ({ ctx, input }) => backfillDto(await changeBackfill(ctx.services, input.id, state)));
}

function backfillDto({ progress, ...backfill }: BackfillWithProgress) {
  return {
    ...toWire(backfill),
    ready_before: backfill.videos - backfill.total,
    waiting: progress.WAITING,
    under_way: progress.HANDED_OUT,
    succeeded: progress.SUCCEEDED,
    failed: progress.FAILED,
    cancelled: progress.CANCELLED,
    skipped: progress.SKIPPED,
  };
}
