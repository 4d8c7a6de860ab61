import { Group, Table, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowsSort, IconArrowUp } from '@tabler/icons-react';
import type { ReactElement } from 'react';

/** Which way a list is sorted. */
export type Direction = 'asc' | 'desc';

const SORT_WORDS = { asc: 'ascending', desc: 'descending' } as const;
const ICONS = { asc: IconArrowUp, desc: IconArrowDown } as const;

/**
 * Head of a column by which the table can be sorted.
 *
 * @param props.direction which way the table is sorted by this column; undefined when it is not
 * @param props.onSort called when the column is chosen, or chosen again to turn the order round
 */
export function SortHeader({
  label,
  direction,
  onSort,
}: {
  readonly label: string;
  readonly direction: Direction | undefined;
  onSort(): void;
}): ReactElement {
  const Icon = direction ? ICONS[direction] : IconArrowsSort;
  return (
    <Table.Th aria-sort={direction && SORT_WORDS[direction]}>
      <UnstyledButton
        className="label"
        onClick={onSort}
        c={direction ? 'var(--mantine-color-text)' : 'dimmed'}
      >
        <Group gap={4} wrap="nowrap" component="span">
          {label}
          <Icon size={14} opacity={direction ? 1 : 0.5} />
        </Group>
      </UnstyledButton>
    </Table.Th>
  );
}
