const NUMBER = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const DATE_TIME = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const HOUR = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

export const NONE = '–';

export function formatCount(count: number): string {
  return NUMBER.format(count);
}

/** A size such as `4.2 MB`, in powers of ten. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return NONE;
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const value = bytes / 1_000 ** power;
  return `${power === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${units[power]}`;
}

/** Such as `$0.0123`. */
export function formatCost(costUsd: number): string {
  return `$${costUsd.toFixed(4)}`;
}

/** Such as `850 ms`, `3.9 s` or `2 min 5 s`. */
export function formatDuration(durationMs: number | null): string {
  if (durationMs === null) return NONE;
  if (durationMs < 1_000) return `${Math.round(durationMs)} ms`;
  const seconds = durationMs / 1_000;
  if (seconds < 59.95) return `${seconds.toFixed(1).replace(/\.0$/, '')} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** A share 0..1 as `97 %`, or `97.3 %` with one digit. */
export function formatPercent(share: number | null, digits = 0): string {
  return share === null ? NONE : `${(share * 100).toFixed(digits)} %`;
}

/** An API timestamp in the reader's time zone. */
export function formatDateTime(timestamp: string | null): string {
  return timestamp === null ? NONE : DATE_TIME.format(new Date(timestamp));
}

/** Such as `14:03:09`. */
export function formatTime(timestamp: string): string {
  return TIME.format(new Date(timestamp));
}

/** Such as `14:00`. */
export function formatHour(timestamp: string): string {
  return HOUR.format(new Date(timestamp));
}

/** Such as `31 Jan`. */
export function formatDay(timestamp: string): string {
  return DAY.format(new Date(timestamp));
}

const UNITS = [
  ['s', 60],
  ['min', 60],
  ['h', 24],
  ['d', Number.POSITIVE_INFINITY],
] as const;

/** Such as `14 s ago` or `3 min ago`. */
export function formatAgo(timestamp: string | null, nowMs = Date.now()): string {
  if (timestamp === null) return NONE;
  // The server's clock may be ahead of the browser's.
  let amount = Math.max(0, nowMs - Date.parse(timestamp)) / 1_000;
  for (const [unit, size] of UNITS) {
    if (amount < size) return `${Math.floor(amount)} ${unit} ago`;
    amount /= size;
  }
  return NONE;
}

/** Shortens a UUID to its first eight and last four digits. */
export function shortId(id: string): string {
  return `${id.slice(0, 8)}…${id.slice(-4)}`;
}
