import { deriveMotion } from '@defrag/core';

/** A place where a text holds a part of a motion profile. */
export type MotionProfileFinding = {
  /** Line in the text, from 1. */
  line: number;
  /** The field of the profile. */
  field: string;
};

/**
 * Names of the fields of a motion profile that can hardly be anything else: those of several words. A profile without them
 * would need no less than a rewrite of the model.
 */
export function motionProfileFields(): string[] {
  const names = new Set<string>();
  const collect = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      if (!Array.isArray(value) && /[a-z][A-Z]/.test(name)) names.add(name);
      collect(member);
    }
  };
  collect(deriveMotion({ frictionScore: 90, pressureScore: 70 }, 'log check'));
  return [...names].sort();
}

/**
 * Finds motion profiles, or parts of one, in a log: as JSON, as JSON within a JSON string, or as Node prints an object.
 *
 * A field counts when a number, an object or an array follows it, so a sentence may name it.
 */
export function findMotionProfiles(
  text: string,
  fields: readonly string[] = motionProfileFields(),
): MotionProfileFinding[] {
  const pattern = new RegExp(`\\b(${fields.join('|')})\\\\*["']?\\s*[:=]\\s*(?:[-\\d[{])`, 'g');
  return text
    .split('\n')
    .flatMap((content, index) =>
      [...content.matchAll(pattern)].map((match) => ({ line: index + 1, field: match[1] ?? '' })),
    );
}
