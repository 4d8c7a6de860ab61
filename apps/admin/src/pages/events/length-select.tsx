import { NativeSelect } from '@mantine/core';
import type { ReactElement } from 'react';
import { formatDuration } from '../../format/format.ts';

/** Milliseconds of a video unless somebody says otherwise, as the API has it. */
const USUAL_MS = 6_000;

const WHOLE_SECONDS_MS = Array.from({ length: 10 }, (_, index) => (index + 1) * 1_000);

/** The length of the videos that a list is about. */
export function LengthSelect({
  durationMs = USUAL_MS,
  onChange,
}: {
  readonly durationMs: number | undefined;
  /** Called with undefined for the usual length. */
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
