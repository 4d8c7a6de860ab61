import { z } from 'zod';
import { mustBe } from '../must-be.ts';
import { VIDEO_FORMAT } from '../video-format.ts';
import { canonicalizeJson } from './json-canonicalization.ts';

/** A friction or pressure score: an integer 0..100. */
export const ScoreSchema = wholeNumber(0, 100);

/** Length of a video in whole milliseconds, 1000..10000. */
export const DurationMsSchema = wholeNumber(VIDEO_FORMAT.minDurationMs, VIDEO_FORMAT.maxDurationMs);

/** Everything that decides the pixels of a video, apart from the renderer version. */
export const VideoInputsSchema = z.strictObject({
  /** Integer 0..100. */
  frictionScore: ScoreSchema,
  /** Integer 0..100. */
  pressureScore: ScoreSchema,
  /** The event's provenance hash. Any string. */
  seed: z.string(),
  /** Milliseconds, 1000..10000. */
  durationMs: DurationMsSchema,
  /** Frames per second. */
  fps: z.literal(VIDEO_FORMAT.fps),
  /** Pixels. */
  width: z.literal(VIDEO_FORMAT.width),
  /** Pixels. */
  height: z.literal(VIDEO_FORMAT.height),
});

function wholeNumber(minimum: number, maximum: number) {
  const message = mustBe(`a whole number from ${minimum} to ${maximum}`);
  return z.int(message).min(minimum, message).max(maximum, message);
}

/** See {@link VideoInputsSchema}. */
export type VideoInputs = z.infer<typeof VideoInputsSchema>;

/** The shape of the canonical text, with the contract's own names. */
const CanonicalShapeSchema = z.strictObject({
  duration_ms: DurationMsSchema,
  fps: z.literal(VIDEO_FORMAT.fps),
  friction_score: ScoreSchema,
  height: z.literal(VIDEO_FORMAT.height),
  pressure_score: ScoreSchema,
  seed: z.string(),
  width: z.literal(VIDEO_FORMAT.width),
});

/**
 * The inputs of a video in the product's format.
 *
 * @throws ZodError naming each field that is out of range
 */
export function videoInputs(source: {
  frictionScore: number;
  pressureScore: number;
  seed: string;
  durationMs?: number | undefined;
}): VideoInputs {
  const { width, height, fps, defaultDurationMs } = VIDEO_FORMAT;
  return VideoInputsSchema.parse({
    frictionScore: source.frictionScore,
    pressureScore: source.pressureScore,
    seed: source.seed,
    durationMs: source.durationMs ?? defaultDurationMs,
    fps,
    width,
    height,
  });
}

/**
 * The canonical inputs: the exact RFC 8785 JSON text that is hashed.
 *
 * @throws ZodError naming each field that is out of range
 */
export function canonicalInputs(inputs: VideoInputs): string {
  const checked = VideoInputsSchema.parse(inputs);
  return canonicalizeJson({
    duration_ms: checked.durationMs,
    fps: checked.fps,
    friction_score: checked.frictionScore,
    height: checked.height,
    pressure_score: checked.pressureScore,
    seed: checked.seed,
    width: checked.width,
  });
}

/**
 * The inverse of {@link canonicalInputs}, for texts read back from the cache.
 *
 * @throws SyntaxError or ZodError when the text is not one that {@link canonicalInputs} wrote
 */
export function parseCanonicalInputs(canonical: string): VideoInputs {
  const shape = CanonicalShapeSchema.parse(JSON.parse(canonical));
  return {
    frictionScore: shape.friction_score,
    pressureScore: shape.pressure_score,
    seed: shape.seed,
    durationMs: shape.duration_ms,
    fps: shape.fps,
    width: shape.width,
    height: shape.height,
  };
}
