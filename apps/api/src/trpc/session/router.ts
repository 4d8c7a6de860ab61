import { SessionSchema, SignInRequestSchema } from '@defrag/core';
import { createRouter, publicProcedure } from '../init.ts';

const sessionDto = (expiresAt: Date | undefined) => ({
  signed_in: expiresAt !== undefined,
  expires_at: expiresAt?.toISOString() ?? null,
});

export const sessionRouter = createRouter({
  get: publicProcedure
    .meta({ summary: 'Get whether the browser is signed in' })
    .output(SessionSchema)
    .query(async ({ ctx }) => sessionDto(await ctx.session.expiresAt())),

  signIn: publicProcedure
    .meta({ summary: 'Exchange the admin key for a session cookie' })
    .input(SignInRequestSchema)
    .output(SessionSchema)
    .mutation(async ({ ctx, input }) => sessionDto(await ctx.session.begin(input.admin_key))),

  signOut: publicProcedure
    .meta({ summary: 'Clear the session cookie' })
    .output(SessionSchema)
    .mutation(({ ctx }) => {
      ctx.session.end();
      return sessionDto(undefined);
    }),
});
