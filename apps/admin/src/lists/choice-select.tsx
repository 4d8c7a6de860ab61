import { NativeSelect } from '@mantine/core';
import type { ReactElement } from 'react';

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
