import { z } from 'zod';
import { mustBe } from '../must-be.ts';
import { request } from './builders.ts';
import { TimestampSchema } from './primitives.ts';

const adminKeyMessage = mustBe('the admin key');

export const SignInRequestSchema = request({
  admin_key: z
    .string(adminKeyMessage)
    .min(1, adminKeyMessage)
    .max(1_000, adminKeyMessage)
    .describe('The admin key. It is exchanged for a cookie and not stored.'),
}).meta({ id: 'SignInRequest' });

export const SessionSchema = z
  .object({
    signed_in: z.boolean(),
    expires_at: TimestampSchema.nullable().describe('When the session expires; null when signed out.'),
  })
  .meta({ id: 'Session', description: 'Whether the browser is signed in, and until when.' });
