import * as v from 'valibot';
import { text } from '../lib/search.ts';

/** Search parameters of the sign-in. */
export const SignInSearchSchema = v.object({
  /** Where to go afterwards: a path of the app. */
  from: text(/^\/(?!\/)/),
});
