import { createRouter } from './init.ts';
import { backfillByIdProcedure } from './routers/admin/backfill/by-id.ts';
import { cancelBackfillProcedure } from './routers/admin/backfill/cancel.ts';
import { dryRunBackfillProcedure } from './routers/admin/backfill/dry-run.ts';
import { listBackfillsProcedure } from './routers/admin/backfill/list.ts';
import { pauseBackfillProcedure } from './routers/admin/backfill/pause.ts';
import { resumeBackfillProcedure } from './routers/admin/backfill/resume.ts';
import { startBackfillProcedure } from './routers/admin/backfill/start.ts';
import { frictionEventByIdProcedure } from './routers/admin/friction-events/by-id.ts';
import { listFrictionEventsProcedure } from './routers/admin/friction-events/list.ts';
import { renderVideoProcedure } from './routers/admin/render-video.ts';
import { statisticsProcedure } from './routers/admin/stats.ts';
import { videoByHashProcedure } from './routers/admin/videos/by-hash.ts';
import { cancelVideoProcedure } from './routers/admin/videos/cancel.ts';
import { deleteVideoProcedure } from './routers/admin/videos/delete.ts';
import { listVideosProcedure } from './routers/admin/videos/list.ts';
import { videoProgressProcedure } from './routers/admin/videos/progress.ts';
import { renderManyProcedure } from './routers/admin/videos/render-many.ts';
import { retryVideoProcedure } from './routers/admin/videos/retry.ts';
import { videoTotalsProcedure } from './routers/admin/videos/totals.ts';
import { assetByHashProcedure } from './routers/assets/by-hash.ts';
import { getSessionProcedure } from './routers/session/get.ts';
import { signInProcedure } from './routers/session/sign-in.ts';
import { signOutProcedure } from './routers/session/sign-out.ts';

/** Everything that the API can do. */
export const appRouter = createRouter({
  admin: {
    renderVideo: renderVideoProcedure,
    videos: {
      list: listVideosProcedure,
      totals: videoTotalsProcedure,
      byHash: videoByHashProcedure,
      progress: videoProgressProcedure,
      retry: retryVideoProcedure,
      cancel: cancelVideoProcedure,
      delete: deleteVideoProcedure,
      renderMany: renderManyProcedure,
    },
    frictionEvents: {
      list: listFrictionEventsProcedure,
      byId: frictionEventByIdProcedure,
    },
    backfill: {
      dryRun: dryRunBackfillProcedure,
      start: startBackfillProcedure,
      list: listBackfillsProcedure,
      byId: backfillByIdProcedure,
      pause: pauseBackfillProcedure,
      resume: resumeBackfillProcedure,
      cancel: cancelBackfillProcedure,
    },
    stats: statisticsProcedure,
  },
  assets: {
    byHash: assetByHashProcedure,
  },
  session: {
    get: getSessionProcedure,
    signIn: signInProcedure,
    signOut: signOutProcedure,
  },
});

/** See {@link appRouter}. */
export type AppRouter = typeof appRouter;
