import { z } from 'zod';
import { wholeNumber } from '../contracts/builders.ts';
import { VIDEO_FORMAT } from '../video-format.ts';
import { canonicalizeJson } from './json-canonicalization.ts';
import { objectKey, videoHash } from './video-hash.ts';

/** A friction or pressure score: an integer 0..100. */
export const ScoreSchema = wholeNumber(0, 100);

/** Length of a video in whole milliseconds, 1000..10000. */
export const DurationMsSchema = wholeNumber(VIDEO_FORMAT.minDurationMs, VIDEO_FORMAT.maxDurationMs);

/** The caller's inputs, without the format. */
const SourceSchema = z.object({
  frictionScore: ScoreSchema,
  pressureScore: ScoreSchema,
  seed: z.string(),
  durationMs: DurationMsSchema.default(VIDEO_FORMAT.defaultDurationMs),
});

/** The canonical text's members, with the contract's own names. */
const CanonicalSchema = z.strictObject({
  duration_ms: DurationMsSchema,
  fps: z.literal(VIDEO_FORMAT.fps),
  friction_score: ScoreSchema,
  height: z.literal(VIDEO_FORMAT.height),
  pressure_score: ScoreSchema,
  seed: z.string(),
  width: z.literal(VIDEO_FORMAT.width),
});

declare const parsed: unique symbol;

/**
 * Everything that decides the pixels of a video, apart from the renderer version. Only {@link videoInputs} and
 * {@link parseCanonicalInputs} make one, so it is always valid and its hash is always its own. It can be cloned between threads.
 */
export interface VideoInputs {
  readonly [parsed]: true;
  /** Integer 0..100. */
  readonly frictionScore: number;
  /** Integer 0..100. */
  readonly pressureScore: number;
  /** The event's provenance hash. Any string. */
  readonly seed: string;
  /** Milliseconds, 1000..10000. */
  readonly durationMs: number;
  /** Frames per second. */
  readonly fps: typeof VIDEO_FORMAT.fps;
  /** Pixels. */
  readonly width: typeof VIDEO_FORMAT.width;
  /** Pixels. */
  readonly height: typeof VIDEO_FORMAT.height;
  /** The canonical inputs: the exact RFC 8785 JSON text that is hashed. */
  readonly canonical: string;
  /** The video hash: SHA-256 of `canonical` and the renderer version, 64 lowercase hexadecimal digits. */
  readonly hash: string;
  /** Key of the video's object in every store. */
  readonly key: string;
}

/**
 * Checks the inputs of a video in the product's format.
 *
 * @throws ZodError naming each field that is out of range
 */
export function videoInputs(source: {
  frictionScore: number;
  pressureScore: number;
  seed: string;
  durationMs?: number | undefined;
}): VideoInputs {
  const { frictionScore, pressureScore, seed, durationMs } = SourceSchema.parse(source);
  const { width, height, fps } = VIDEO_FORMAT;
  const members = {
    duration_ms: durationMs,
    fps,
    friction_score: frictionScore,
    height,
    pressure_score: pressureScore,
    seed,
    width,
  };
  return withHash(members, canonicalizeJson(members));
}

/**
 * Reads canonical inputs that were stored. Compare the `hash` of the result with the one that they were stored under.
 *
 * @throws SyntaxError or ZodError when the text does not hold the inputs of a video
 */
export function parseCanonicalInputs(canonical: string): VideoInputs {
  return withHash(CanonicalSchema.parse(JSON.parse(canonical)), canonical);
}

function withHash(members: z.infer<typeof CanonicalSchema>, canonical: string): VideoInputs {
  const { seed, fps, width, height } = members;
  const hash = videoHash(canonical);
  const inputs: Omit<VideoInputs, typeof parsed> = {
    frictionScore: members.friction_score,
    pressureScore: members.pressure_score,
    seed,
    durationMs: members.duration_ms,
    fps,
    width,
    height,
    canonical,
    hash,
    key: objectKey(hash),
  };
  return inputs as VideoInputs;
}
