import { SessionSchema, SignInRequestSchema } from '@defrag/core';
import { sessionDto } from '../../dto/session.ts';
import { publicProcedure } from '../../init.ts';

/** Exchanges the admin key for the cookie of a session. For everybody. */
export const signInProcedure = publicProcedure
  .meta({ summary: 'Exchange the admin key for the cookie of a session' })
  .input(SignInRequestSchema)
  .output(SessionSchema)
  .mutation(async ({ ctx, input }) => sessionDto(await ctx.session.begin(input.admin_key)));
