import { VIDEO_FORMAT } from '@defrag/core';
import { NativeSelect } from '@mantine/core';
import type { ReactElement } from 'react';

/** The whole seconds that a video may last, in milliseconds. */
const DURATIONS_MS = Array.from(
  { length: (VIDEO_FORMAT.maxDurationMs - VIDEO_FORMAT.minDurationMs) / 1_000 + 1 },
  (_, index) => VIDEO_FORMAT.minDurationMs + index * 1_000,
);

/** Chooses the length of the video: whole seconds, and the one of the URL where that is another. */
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
