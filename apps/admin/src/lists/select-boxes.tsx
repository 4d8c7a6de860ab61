import { Checkbox } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ListSelection } from './use-selection.ts';

/** Selects one thing of a list; with the Shift key, by pointer or by Space, everything from the last one to it. */
export function SelectBox({
  id,
  label,
  selection,
}: {
  readonly id: string;
  readonly label: string;
  readonly selection: ListSelection;
}): ReactElement {
  return (
    <Checkbox
      aria-label={label}
      checked={selection.has(id)}
      onChange={({ nativeEvent }) =>
        selection.toggle(id, 'shiftKey' in nativeEvent && nativeEvent.shiftKey === true)
      }
    />
  );
}

/** Selects everything that is listed, or nothing. */
export function SelectAllBox({
  label,
  selection,
}: {
  readonly label: string;
  readonly selection: ListSelection;
}): ReactElement {
  const { ids, listed } = selection;
  return (
    <Checkbox
      aria-label={label}
      disabled={listed === 0}
      checked={listed > 0 && ids.length === listed}
      indeterminate={ids.length > 0 && ids.length < listed}
      onChange={selection.toggleAll}
    />
  );
}
