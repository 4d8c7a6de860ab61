/** An instant on the wire: ISO 8601 in UTC. */
export function timestamp(date: Date): string {
  return date.toISOString();
}

/** See {@link timestamp}. */
export function timestampOrNull(date: Date | null): string | null {
  return date === null ? null : timestamp(date);
}
