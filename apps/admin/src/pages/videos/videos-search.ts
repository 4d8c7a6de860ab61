import * as z from 'zod/mini';
import { day, direction, parameter, text, videoStatus } from '../../app/search-schema.ts';

/** Search parameters of the list of videos. */
export const VideosSearchSchema = z.object({
  status: videoStatus,
  engine: parameter(z.enum(['embedded', 'remotion', 'lambda'])),
  renderer_version: text(),
  friction_id: parameter(z.uuid()),
  created_from: day,
  created_to: day,
  /** First digits of the hash. */
  hash_prefix: text(z.regex(/^[0-9a-f]{1,64}$/)),
  direction,
});
