import { z } from 'zod';
import { DurationMsSchema } from '../inputs/video-inputs.ts';
import { mustBe } from '../must-be.ts';
import { RENDERER_VERSION } from '../version.ts';
import { VIDEO_FORMAT } from '../video-format.ts';
import { choice, wholeNumber } from './builders.ts';
import { EXAMPLE_VIDEO } from './example.ts';
import { ASSET_STATUSES, FIDELITY_BUCKETS, RENDER_JOB_STATES } from './statuses.ts';

export const AssetStatusSchema = choice(ASSET_STATUSES).meta({ example: 'READY' });
export const RenderJobStateSchema = choice(RENDER_JOB_STATES).meta({ example: 'SUCCEEDED' });
export const FidelityBucketSchema = choice(FIDELITY_BUCKETS);

/** The renderer, which turns canonical inputs into an MP4. */
export const EngineNameSchema = choice(['embedded', 'remotion', 'lambda']).meta({ example: 'embedded' });
export type EngineName = z.infer<typeof EngineNameSchema>;

export const DirectionSchema = choice(['asc', 'desc']);

/** Any id that PostgreSQL's type `uuid` accepts: the version and the variant do not matter. */
export const UuidSchema = z.guid(mustBe('a UUID')).meta({ example: '5b0d1c2e-5f8a-4c3b-9a57-2d1f0f6f7a10' });

export const FrictionIdSchema = UuidSchema.describe('Id of the friction event.').meta({
  example: '00000000-0000-4000-8000-000000000001',
});

/** Hash of a video in a response. Videos that another system made may have hashes of another form. */
export const CachedHashSchema = z.string().meta({ example: EXAMPLE_VIDEO.hash });

export const VideoUrlSchema = z.string().meta({ example: EXAMPLE_VIDEO.url });

/** SHA-256 of a file in hexadecimal. */
export const ContentSha256Schema = z
  .string()
  .meta({ example: '0b1c0c54a4c1a5e5c0f4a4d1bd2e3f0f2b0a7f3f0f6f0c8d6f6a3b9b5f1d2c3e' });

export const VideoDurationSchema = DurationMsSchema.default(VIDEO_FORMAT.defaultDurationMs).describe(
  'Length of the video in whole milliseconds. (Default: 6000)',
);

export const RendererVersionSchema = z.string().meta({ example: RENDERER_VERSION });

const timestampMessage = mustBe('an instant in UTC, such as 2026-01-31T12:00:00Z');

export const TimestampSchema = z.iso
  .datetime(timestampMessage)
  .refine(hasYear, timestampMessage)
  .meta({ example: '2026-01-31T12:00:00.000Z' });

const dateMessage = mustBe('a calendar day, YYYY-MM-DD');

export const DateSchema = z.iso
  .date(dateMessage)
  .refine(hasYear, dateMessage)
  .meta({ example: '2026-01-30' });

/** PostgreSQL's calendar has no year 0. */
function hasYear(text: string): boolean {
  return !text.startsWith('0000');
}

const cursorMessage = mustBe("the next_cursor of the list's previous page");

export const CursorSchema = z
  .string(cursorMessage)
  .min(1, cursorMessage)
  .max(2_000, cursorMessage)
  .describe("The previous page's next_cursor; absent for the first page.");

export const PageLimitSchema = wholeNumber(1, 100)
  .default(25)
  .describe('Maximum number of items on the page. (Default: 25)');
