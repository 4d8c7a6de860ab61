import { z } from 'zod';
import { mustBe } from '../must-be.ts';

/** A string that is one of the given ones. */
export function choice<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, mustBe(values.length > 1 ? `one of ${values.join(', ')}` : values[0]));
}

/**
 * An object that a caller sends. Unknown keys are refused, and the message names them and the known ones: a misspelt option
 * that is silently ignored costs its caller more.
 */
export function request<T extends z.core.$ZodLooseShape>(shape: T) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? `is not a known key; the known keys are ${Object.keys(shape).join(', ')}`
        : 'must be an object',
  });
}
