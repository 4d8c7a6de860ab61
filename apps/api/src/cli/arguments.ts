import { DurationMsSchema, FrictionIdSchema, VIDEO_FORMAT, VideoHashSchema } from '@defrag/core';
import { InvalidArgumentError } from 'commander';

export function parseFrictionId(text: string): string {
  if (!FrictionIdSchema.safeParse(text).success) throw new InvalidArgumentError('It must be a UUID.');
  return text.toLowerCase();
}

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

export function parseVideoHash(text: string): string {
  if (!VideoHashSchema.safeParse(text).success) {
    throw new InvalidArgumentError('It must be a video hash: 64 lowercase hexadecimal digits.');
  }
  return text;
}

export function parseWholeNumber(minimum: number, maximum: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`It must be a whole number, ${minimum}..${maximum}.`);
  };
}

export function parseOrigin(text: string): string {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol) && url.origin === text) return text;
  throw new InvalidArgumentError('It must be an origin, such as https://app.example.com.');
}
