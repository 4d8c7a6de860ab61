import { z } from 'zod';
import { mustBe } from '../must-be.ts';

/** A string that is one of the given ones. */
export function choice<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, mustBe(values.length > 1 ? `one of ${values.join(', ')}` : values[0]));
}

/**
 * An object that a caller sends. An unknown key is rejected, and the message lists the known keys: ignoring a misspelled option
 * would cost its caller more.
 */
export function request<T extends z.core.$ZodLooseShape>(shape: T) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `is not a known key; the known keys are ${Object.keys(shape).join(', ')}`
        : 'must be an object',
  });
}

/** A whole number within bounds, both inclusive. */
export function wholeNumber(minimum: number, maximum: number) {
  const message = mustBe(`a whole number from ${minimum} to ${maximum}`);
  return z.int(message).min(minimum, message).max(maximum, message);
}

/** A string of a certain form, which `what` describes for the error message. */
export function text(pattern: RegExp, what: string) {
  const message = mustBe(what);
  return z.string(message).regex(pattern, message);
}

/** A whole number in a response. */
export function integer(example: number, description?: string) {
  return z.int().meta({ example, ...(description === undefined ? {} : { description }) });
}

/** One page of a list. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next_cursor: z.string().nullable().describe('Null on the last page.'),
  });
}
