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

/** Makes a parser of whole numbers from `minimum` to `maximum`. */
export function parseWholeNumber(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`It must be a whole number, ${minimum}..${maximum}.`);
  };
}

/** Parses the origin of a page. */
export function parseOrigin(text: string): string {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol) && url.origin === text) return text;
  throw new InvalidArgumentError('It must be an origin, such as https://app.example.com.');
}
