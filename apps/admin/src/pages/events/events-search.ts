import * as z from 'zod/mini';
import { day, direction, parameter, score, text, videoStatus } from '../../app/search-schema.ts';

/** Search parameters of the list of friction events. */
export const EventsSearchSchema = z.object({
  sort: parameter(z.enum(['event_date', 'created_at', 'friction_score', 'pressure_score', 'video_status'])),
  direction,
  min_friction_score: score,
  max_friction_score: score,
  min_pressure_score: score,
  max_pressure_score: score,
  date_from: day,
  date_to: day,
  video_status: videoStatus,
  fidelity_bucket: parameter(z.enum(['HIGH', 'MEDIUM', 'LOW'])),
  /** First characters of the id. */
  id_prefix: text(z.regex(/^[0-9a-f-]{1,36}$/)),
});
