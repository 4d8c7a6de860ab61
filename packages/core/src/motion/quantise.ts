/** A number rounded to six decimals, without a negative zero: short in JSON and the same after a round trip. */
export function quantise(value: number): number {
  return Math.round(value * 1_000_000) / 1_000_000 + 0;
}

/** A copy of plain data with every number in it quantised. */
export function quantiseAll<T>(data: T): T {
  if (typeof data === 'number') return quantise(data) as T;
  if (Array.isArray(data)) return data.map(quantiseAll) as T;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, quantiseAll(value)])) as T;
}
