import { Button, Checkbox, Group, Text } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { formatCount } from '../lib/format.ts';
import type { ListSelection } from './selection.ts';

/**
 * Stays above a list while it scrolls: how much is shown and selected, and what can be done to the selection. It is always
 * there, so that nothing moves with the first selection.
 *
 * @param props.noun what the list is of, such as `events`
 * @param props.hasMore whether there are further pages
 */
export function ListBar({
  noun,
  selection,
  hasMore,
  children,
}: {
  readonly noun: string;
  readonly selection: ListSelection;
  readonly hasMore: boolean;
  readonly children: ReactNode;
}): ReactElement {
  const { ids, listed } = selection;
  return (
    <Group
      role="group"
      aria-label={`Selected ${noun}`}
      justify="space-between"
      wrap="nowrap"
      gap="xs"
      pos="sticky"
      top="var(--app-shell-header-height, 0px)"
      py="xs"
      px={10}
      bg="var(--mantine-color-body)"
      style={{ zIndex: 5, borderBottom: '1px solid var(--defrag-line)' }}
    >
      <Group gap="sm" wrap="nowrap">
        <SelectAllBox label={`Select all ${noun} shown`} selection={selection} />
        <Text size="sm" role="status" className="number">
          {ids.length > 0
            ? `${formatCount(ids.length)} selected`
            : `${formatCount(listed)}${hasMore ? '+' : ''} ${noun}`}
        </Text>
      </Group>
      <Group gap="xs" wrap="nowrap">
        {children}
      </Group>
    </Group>
  );
}

/**
 * Does something to what is selected, and says to how many. With nothing selected it does nothing, but keeps the focus: it would
 * be lost with the selection.
 *
 * @param props.count how many things it would be done to
 */
export function BulkButton({
  label,
  count,
  isMain = false,
  isPending = false,
  onClick,
}: {
  readonly label: string;
  readonly count: number;
  /** Whether this is what the list is there for. (Default: false) */
  readonly isMain?: boolean;
  readonly isPending?: boolean;
  onClick(): void;
}): ReactElement {
  const isIdle = count === 0 || isPending;
  return (
    <Button
      size="xs"
      className="number"
      variant={isMain ? 'filled' : 'default'}
      data-disabled={isIdle}
      aria-disabled={isIdle}
      aria-busy={isPending}
      onClick={() => {
        if (!isIdle) onClick();
      }}
    >
      {count > 0 ? `${label} ${count}` : label}
    </Button>
  );
}

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
