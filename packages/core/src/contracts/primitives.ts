import { z } from 'zod';

/** Status of a row of the public asset cache. */
export const AssetStatusSchema = z.enum(['MISSING', 'QUEUED', 'READY', 'FAILED']);

/** State of one requested render. */
export const RenderJobStateSchema = z.enum(['QUEUED', 'RENDERING', 'SUCCEEDED', 'FAILED', 'CANCELLED']);

/** What turns canonical inputs into an MP4. */
export const EngineNameSchema = z.enum(['embedded', 'remotion', 'lambda']);

/** How sure the source of a friction event is of its scores. */
export const FidelityBucketSchema = z.enum(['HIGH', 'MEDIUM', 'LOW']);

/** An instant as ISO 8601 in UTC with a trailing `Z`. */
export const TimestampSchema = z.iso.datetime();

/** A calendar day, `YYYY-MM-DD`. */
export const DateSchema = z.iso.date();

/** An opaque place in a list, as the previous page's `next_cursor` gave it. */
export const CursorSchema = z.string().min(1).max(2_000);

/** Number of items of a page, 1..100. */
export const PageLimitSchema = z.int().min(1).max(100).default(25);

/** See {@link AssetStatusSchema}. */
export type AssetStatus = z.infer<typeof AssetStatusSchema>;

/** See {@link RenderJobStateSchema}. */
export type RenderJobState = z.infer<typeof RenderJobStateSchema>;

/** See {@link EngineNameSchema}. */
export type EngineName = z.infer<typeof EngineNameSchema>;
