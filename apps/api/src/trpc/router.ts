import { createRouter } from './init.ts';
import { frictionEventByIdProcedure } from './routers/admin/friction-events/by-id.ts';
import { listFrictionEventsProcedure } from './routers/admin/friction-events/list.ts';
import { renderVideoProcedure } from './routers/admin/render-video.ts';
import { videoByHashProcedure } from './routers/admin/videos/by-hash.ts';
import { cancelVideoProcedure } from './routers/admin/videos/cancel.ts';
import { listVideosProcedure } from './routers/admin/videos/list.ts';
import { videoProgressProcedure } from './routers/admin/videos/progress.ts';
import { retryVideoProcedure } from './routers/admin/videos/retry.ts';
import { assetByHashProcedure } from './routers/assets/by-hash.ts';

/** Everything that the API can do. */
export const appRouter = createRouter({
  admin: {
    renderVideo: renderVideoProcedure,
    videos: {
      list: listVideosProcedure,
      byHash: videoByHashProcedure,
      progress: videoProgressProcedure,
      retry: retryVideoProcedure,
      cancel: cancelVideoProcedure,
    },
    frictionEvents: {
      list: listFrictionEventsProcedure,
      byId: frictionEventByIdProcedure,
    },
  },
  assets: {
    byHash: assetByHashProcedure,
  },
});

/** See {@link appRouter}. */
export type AppRouter = typeof appRouter;
