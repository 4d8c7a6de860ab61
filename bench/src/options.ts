import { InvalidArgumentError } from 'commander';

/**
 * Parses a whole number above 0.
 *
 * @throws InvalidArgumentError for anything else
 */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('must be a whole number above 0');
}

/**
 * Parses whole numbers above 0, separated by commas.
 *
 * @throws InvalidArgumentError for anything else
 */
export function wholeNumbers(list: string): number[] {
  const values = list.split(',').map(Number);
  if (values.every((value) => Number.isInteger(value) && value > 0)) return values;
  throw new InvalidArgumentError('must be whole numbers above 0, separated by commas');
}
