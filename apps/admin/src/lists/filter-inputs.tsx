import type { AssetStatus } from '@defrag/core';
import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

type Choices<Value extends string> = Readonly<Record<Value, string>>;

export function ChoiceSelect<Value extends string>({
  label,
  value,
  choices,
  anyLabel = 'Any',
  onChange,
}: {
  readonly label: string;
  readonly value: Value | undefined;
  readonly choices: Choices<Value>;
  readonly anyLabel?: string;
  onChange(value: Value | undefined): void;
}) {
  return (
    <NativeSelect
      label={label}
      value={value ?? ''}
      data={[
        { value: '', label: anyLabel },
        ...Object.entries<string>(choices).map(([value, label]) => ({ value, label })),
      ]}
      onChange={({ currentTarget }) => onChange((currentTarget.value || undefined) as Value | undefined)}
    />
  );
}

export const STATUS_NAMES: Choices<AssetStatus> = {
  MISSING: 'Missing',
  QUEUED: 'Queued',
  READY: 'Ready',
  FAILED: 'Failed',
};

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
}) {
  // Wait for the value to settle: each typed digit of the year makes a valid date.
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

/** A text filter that applies once the text matches `pattern`; until then the field shows `hint`. */
export function PrefixInput({
  label,
  value,
  placeholder,
  normalise = (typed) => typed.trim().toLowerCase(),
  pattern,
  hint,
  onChange,
}: {
  readonly label: string;
  readonly value: string | undefined;
  readonly placeholder: string;
  normalise?(typed: string): string;
  readonly pattern: RegExp;
  readonly hint: string;
  onChange(value: string | undefined): void;
}) {
  const [draft, setDraft] = useDraft(value ?? '', (typed) => {
    const text = normalise(typed);
    if (text === '') onChange(undefined);
    else if (pattern.test(text)) onChange(text);
  });
  const isWrong = draft.trim() !== '' && !pattern.test(normalise(draft));
  return (
    <TextInput
      label={label}
      value={draft}
      placeholder={placeholder}
      error={isWrong ? hint : undefined}
      errorProps={{ role: 'alert' }}
      autoComplete="off"
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      onChange={({ currentTarget }) => setDraft(currentTarget.value)}
    />
  );
}

/** Milliseconds without a change after which the value applies. */
const SETTLE_MS = 300;

/** The value being edited. It applies after a pause, and follows `value` when that changes elsewhere. */
export function useDraft<Value extends string | readonly number[]>(
  value: Value,
  onSettle: (value: Value) => void,
): [Value, (value: Value) => void] {
  const [draft, setDraft] = useState(value);
  const [known, setKnown] = useState(String(value));
  const settle = useDebouncedCallback(onSettle, SETTLE_MS);
  if (known !== String(value)) {
    setKnown(String(value));
    // Keep what the user is typing right now.
    if (!settle.isPending()) setDraft(value);
  }
  return [
    draft,
    (next) => {
      setDraft(next);
      settle(next);
    },
  ];
}
