import * as v from 'valibot';
import { parameter } from '../../lib/search.ts';

/** Search parameters of the system page. */
export const SystemSearchSchema = v.object({
  /** Hours back that are counted. */
  window_hours: parameter(v.picklist([24, 168, 720])),
});
