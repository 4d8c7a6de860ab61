import { SessionSchema } from '@defrag/core';
import { sessionDto } from '../../dto/session.ts';
import { publicProcedure } from '../../init.ts';

/** Takes the cookie of a session away. For everybody, signed in or not. */
export const signOutProcedure = publicProcedure
  .meta({ summary: 'Take the cookie of the session away' })
  .output(SessionSchema)
  .mutation(({ ctx }) => {
    ctx.session.end();
    return sessionDto(undefined);
  });
