/** Rounds to six decimals and turns -0 into 0, so that the number survives a JSON round trip unchanged. */
export function quantise(value: number): number {
  return Math.round(value * 1_000_000) / 1_000_000 + 0;
}

/** Copies plain data with every number quantised. */
export function quantiseAll<T>(data: T): T {
  if (typeof data === 'number') return quantise(data) as T;
  if (Array.isArray(data)) return data.map(quantiseAll) as T;
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, quantiseAll(value)])) as T;
}
