import * as v from 'valibot';
import { parameter } from '../../lib/search.ts';

export const SystemSearchSchema = v.object({
  /** Length of the window in hours. */
  window_hours: parameter(v.picklist([24, 168, 720])),
});
