import { Group, Text } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { formatCount } from '../format/format.ts';
import { SelectAllBox } from './select-boxes.tsx';
import type { ListSelection } from './use-selection.ts';

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
