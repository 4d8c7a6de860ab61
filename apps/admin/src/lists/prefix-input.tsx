import { TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { useDraft } from './use-draft.ts';

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
