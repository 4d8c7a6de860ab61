import { backfillsRouter } from './backfills/router.ts';
import { eventsRouter } from './events/router.ts';
import { createRouter } from './init.ts';
import { sessionRouter } from './session/router.ts';
import { statisticsProcedure } from './system/router.ts';
import { assetsRouter, renderVideoProcedure, videosRouter } from './videos/router.ts';

/** Every procedure of the API. These names are its public contract. */
export const appRouter = createRouter({
  admin: {
    renderVideo: renderVideoProcedure,
    videos: videosRouter,
    frictionEvents: eventsRouter,
    backfill: backfillsRouter,
    stats: statisticsProcedure,
  },
  assets: assetsRouter,
  session: sessionRouter,
});

export type AppRouter = typeof appRouter;
