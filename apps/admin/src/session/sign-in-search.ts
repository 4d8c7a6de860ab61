import * as z from 'zod/mini';
import { text } from '../app/search-schema.ts';

/** Search parameters of the sign-in. */
export const SignInSearchSchema = z.object({
  /** Where to go afterwards: a path of the app. */
  from: text(z.regex(/^\/(?!\/)/)),
});
