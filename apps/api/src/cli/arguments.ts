import { DurationMsSchema, FrictionIdSchema, VIDEO_FORMAT, VideoHashSchema } from '@defrag/core';
import { InvalidArgumentError } from 'commander';

/** Parses the id of a friction event. */
export function parseFrictionId(text: string): string {
  if (!FrictionIdSchema.safeParse(text).success) throw new InvalidArgumentError('It must be a UUID.');
  return text.toLowerCase();
}

/** Parses a duration in whole milliseconds. */
export function parseDurationMs(text: string): number {
  const result = DurationMsSchema.safeParse(Number(text));
  if (text.trim() === '' || !result.success) {
    const { minDurationMs, maxDurationMs } = VIDEO_FORMAT;
    throw new InvalidArgumentError(
      `It must be a whole number of milliseconds, ${minDurationMs}..${maxDurationMs}.`,
    );
  }
  return result.data;
}

/** Parses a video hash. */
export function parseVideoHash(text: string): string {
  if (!VideoHashSchema.safeParse(text).success) {
    throw new InvalidArgumentError('It must be a video hash: 64 lowercase hexadecimal digits.');
  }
  return text;
}
