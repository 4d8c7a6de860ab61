import { z } from 'zod';
import { mustBe } from '../must-be.ts';
import { choice } from './builders.ts';
import { ASSET_STATUSES, FIDELITY_BUCKETS, RENDER_JOB_STATES } from './statuses.ts';

export const AssetStatusSchema = choice(ASSET_STATUSES);
export const RenderJobStateSchema = choice(RENDER_JOB_STATES);

/** What turns canonical inputs into an MP4. */
export const EngineNameSchema = choice(['embedded', 'remotion', 'lambda']);

export const FidelityBucketSchema = choice(FIDELITY_BUCKETS);

/** Which way a list is sorted. */
export const DirectionSchema = choice(['asc', 'desc']);

/** An id, in the spelling of PostgreSQL's uuid type, which asks for no version and no variant. */
export const UuidSchema = z.guid(mustBe('a UUID'));

/** Id of a friction event. */
export const FrictionIdSchema = UuidSchema.describe('Id of the friction event.').meta({
  example: '00000000-0000-4000-8000-000000000001',
});

const timestampMessage = mustBe('an instant in UTC, such as 2026-01-31T12:00:00Z');

/** An instant as ISO 8601 in UTC with a trailing `Z`. */
export const TimestampSchema = z.iso.datetime(timestampMessage).refine(hasYear, timestampMessage);

const dateMessage = mustBe('a calendar day, YYYY-MM-DD');

/** A calendar day, `YYYY-MM-DD`. */
export const DateSchema = z.iso.date(dateMessage).refine(hasYear, dateMessage);

/** PostgreSQL's calendar has no year 0. */
function hasYear(text: string): boolean {
  return !text.startsWith('0000');
}

const cursorMessage = mustBe("the next_cursor of the list's previous page");

/** An opaque place in a list, as the previous page's `next_cursor` gave it. */
export const CursorSchema = z
  .string(cursorMessage)
  .min(1, cursorMessage)
  .max(2_000, cursorMessage)
  .describe("Where the page begins: the previous page's next_cursor. Absent for the first page.");

const limitMessage = mustBe('a whole number from 1 to 100');

/** Number of items of a page, 1..100. (Default: 25) */
export const PageLimitSchema = z
  .int(limitMessage)
  .min(1, limitMessage)
  .max(100, limitMessage)
  .default(25)
  .describe('Most items of the page. (Default: 25)');

export type EngineName = z.infer<typeof EngineNameSchema>;
