/** The two scores of a friction event: integers, 0 (none) to 100 (the most). */
export type Scores = {
  /** How hard the two systems collide. Integer, 0..100. */
  frictionScore: number;
  /** How closely they are pressed together, and for how long. Integer, 0..100. */
  pressureScore: number;
};

/** Thrown when a score is not an integer in 0..100. `field` names the score. */
export class InvalidScoresError extends RangeError {
  override readonly name = 'InvalidScoresError';
  readonly field: keyof Scores;

  constructor(field: keyof Scores, value: unknown) {
    const shown = typeof value === 'number' ? String(value) : typeof value;
    super(`${field} must be an integer from 0 to 100, got ${shown}`);
    this.field = field;
  }
}

/** Refuses scores that are not integers in 0..100. @throws {InvalidScoresError} naming the first bad field */
export function assertScores(scores: Scores): void {
  for (const field of ['frictionScore', 'pressureScore'] as const) {
    const value: unknown = scores[field];
    if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > 100) {
      throw new InvalidScoresError(field, value);
    }
  }
}
