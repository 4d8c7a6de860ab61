/** A UUID short enough for a heading and different enough to be told apart: its first eight digits and its last four. */
export function shortId(id: string): string {
  return `${id.slice(0, 8)}…${id.slice(-4)}`;
}
