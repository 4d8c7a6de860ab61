import { InvalidArgumentError } from 'commander';

/**
 * Reads an option that is a whole number above 0.
 *
 * @throws InvalidArgumentError for anything else
 */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('must be a whole number above 0');
}
