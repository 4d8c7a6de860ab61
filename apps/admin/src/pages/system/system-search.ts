import * as z from 'zod/mini';
import { parameter } from '../../app/search-schema.ts';

/** Search parameters of the system page. */
export const SystemSearchSchema = z.object({
  /** Hours back that are counted. */
  window_hours: parameter(z.literal([24, 168, 720])),
});
