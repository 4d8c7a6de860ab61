import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { type ReactElement, useState } from 'react';

/** What can be chosen, and what it is called. */
export type Choices<Value extends string> = Readonly<Record<Value, string>>;

/**
 * A choice of one of several values, or of none.
 *
 * @param props.anyLabel what none of them is called. (Default: `Any`)
 */
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
}): ReactElement {
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

/** What the statuses of a video are called. */
export const STATUS_NAMES: Choices<'MISSING' | 'QUEUED' | 'READY' | 'FAILED'> = {
  MISSING: 'Missing',
  QUEUED: 'Queued',
  READY: 'Ready',
  FAILED: 'Failed',
};

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

/**
 * A text that counts as soon as it is complete; until then the field says what it has to look like.
 *
 * @param props.normalise what is meant by what was typed
 * @param props.pattern what a complete text looks like
 * @param props.hint said where the text does not look like that
 */
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
}): ReactElement {
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

/** Milliseconds without a change after which what was entered counts. */
const SETTLE_MS = 300;

/**
 * What a person is entering, ahead of what counts: it is handed over when it has come to rest, and follows when what counts is
 * changed elsewhere.
 *
 * @param value what counts
 * @param onSettle called with what was entered
 */
export function useDraft<Value extends string | readonly number[]>(
  value: Value,
  onSettle: (value: Value) => void,
): [Value, (value: Value) => void] {
  const [draft, setDraft] = useState(value);
  const [known, setKnown] = useState(String(value));
  const settle = useDebouncedCallback(onSettle, SETTLE_MS);
  if (known !== String(value)) {
    setKnown(String(value));
    // Who goes on entering is not interrupted by what was entered before.
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
