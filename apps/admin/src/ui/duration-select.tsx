import { VIDEO_FORMAT } from '@defrag/core';
import { NativeSelect } from '@mantine/core';
import type { ReactElement } from 'react';
import { formatDuration } from '../lib/format.ts';

const USUAL_MS = 6_000;

const WHOLE_SECONDS_MS = Array.from({ length: 10 }, (_, index) => (index + 1) * 1_000);

export function LengthSelect({
  durationMs = USUAL_MS,
  onChange,
}: {
  readonly durationMs: number | undefined;
  onChange(durationMs: number | undefined): void;
}): ReactElement {
  const lengths = [...new Set([...WHOLE_SECONDS_MS, durationMs])].sort((one, other) => one - other);
  return (
    <NativeSelect
      aria-label="Length of the videos"
      size="xs"
      w={76}
      value={String(durationMs)}
      data={lengths.map((length) => ({ value: String(length), label: formatDuration(length) }))}
      onChange={({ currentTarget }) => {
        const chosen = Number(currentTarget.value);
        onChange(chosen === USUAL_MS ? undefined : chosen);
      }}
    />
  );
}

const DURATIONS_MS = Array.from(
  { length: (VIDEO_FORMAT.maxDurationMs - VIDEO_FORMAT.minDurationMs) / 1_000 + 1 },
  (_, index) => VIDEO_FORMAT.minDurationMs + index * 1_000,
);

/** Whole seconds, plus the current duration when it is another. */
export function DurationSelect({
  durationMs,
  onChange,
}: {
  readonly durationMs: number;
  onChange(durationMs: number): void;
}): ReactElement {
  const durations = [...new Set([...DURATIONS_MS, durationMs])].toSorted((a, b) => a - b);
  return (
    <NativeSelect
      label="Duration"
      value={String(durationMs)}
      onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}
      data={durations.map((value) => ({ value: String(value), label: `${value / 1_000} s` }))}
    />
  );
}
