import { VIDEO_FORMAT } from '@defrag/core';
import { NativeSelect, type NativeSelectProps } from '@mantine/core';
import { formatDuration } from '../lib/format.ts';

const WHOLE_SECONDS_MS = Array.from(
  { length: (VIDEO_FORMAT.maxDurationMs - VIDEO_FORMAT.minDurationMs) / 1_000 + 1 },
  (_, index) => VIDEO_FORMAT.minDurationMs + index * 1_000,
);

/** Whole seconds, plus the current duration when it is another. Other props go to the field. */
export function DurationSelect({
  durationMs,
  onChange,
  ...field
}: Omit<NativeSelectProps, 'value' | 'data' | 'onChange'> & {
  readonly durationMs: number;
  onChange(durationMs: number): void;
}) {
  const durations = [...new Set([...WHOLE_SECONDS_MS, durationMs])].toSorted((a, b) => a - b);
  return (
    <NativeSelect
      {...field}
      value={String(durationMs)}
      onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}
      data={durations.map((value) => ({ value: String(value), label: formatDuration(value) }))}
    />
  );
}
