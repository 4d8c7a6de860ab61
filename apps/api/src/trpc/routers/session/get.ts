import { SessionSchema } from '@defrag/core';
import { sessionDto } from '../../dto/session.ts';
import { publicProcedure } from '../../init.ts';

/** Whether the browser that asks is signed in. For everybody. */
export const getSessionProcedure = publicProcedure
  .meta({ summary: 'Tell whether the browser is signed in' })
  .output(SessionSchema)
  .query(async ({ ctx }) => sessionDto(await ctx.session.expiresAt()));
