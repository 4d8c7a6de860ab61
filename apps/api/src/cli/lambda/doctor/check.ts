import { AppError } from '../../../errors.ts';
import { explainAwsError } from '../aws-error.ts';

/** One thing that is looked at. */
export interface Check {
  /** A word or two. */
  readonly name: string;
  /** @returns what was found, in a few words. @throws CheckFailure, or the error of what was asked */
  run(): string | Promise<string>;
}

/** What a check has come to. */
export interface Finding {
  readonly name: string;
  readonly ok: boolean;
  /** What was found, in a few words. */
  readonly found: string;
  /** What to do about it, a sentence; null where all is well. */
  readonly remedy: string | null;
}

/** Something is not as it must be. */
export class CheckFailure extends Error {
  override readonly name = 'CheckFailure';
  readonly remedy: string;

  /**
   * @param found what is wrong, in a few words
   * @param remedy what to do about it, a sentence
   */
  constructor(found: string, remedy: string) {
    super(found);
    this.remedy = remedy;
  }
}

/** Runs a check; never rejects. */
export async function runCheck({ name, run }: Check): Promise<Finding> {
  try {
    return { name, ok: true, found: await run(), remedy: null };
  } catch (error) {
    if (error instanceof CheckFailure) return { name, ok: false, found: error.message, remedy: error.remedy };
    if (error instanceof AppError) {
      return { name, ok: false, found: error.message, remedy: 'docs/store.md says what to look at.' };
    }
    const { sentence, remedy } = explainAwsError(error);
    return { name, ok: false, found: sentence, remedy };
  }
}
