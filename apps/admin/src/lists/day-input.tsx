import { TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { useDraft } from './use-draft.ts';

/** A day such as 2025-01-31, or none, in the browser's own field for it. */
export function DayInput({
  label,
  value,
  min,
  max,
  onChange,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly min?: string | undefined;
  readonly max?: string | undefined;
  onChange(value: string | undefined): void;
}): ReactElement {
  // A year is typed digit by digit, and each of them makes a day.
  const [draft, setDraft] = useDraft(value ?? '', (day) => onChange(day || undefined));
  return (
    <TextInput
      type="date"
      label={label}
      value={draft}
      min={min}
      max={max}
      onChange={({ currentTarget }) => setDraft(currentTarget.value)}
    />
  );
}
