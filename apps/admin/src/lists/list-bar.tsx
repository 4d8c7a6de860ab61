import { Button, Checkbox, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { formatCount } from '../lib/format.ts';
import type { ListSelection } from './selection.ts';

interface ListBarProps {
  readonly noun: string;
  readonly selection: ListSelection;
  readonly hasMore: boolean;
  readonly children: ReactNode;
}

/**
 * Sticky bar above a list: item count, selection and bulk actions. Always present, so that the first selection moves
 * nothing.
 */
export function ListBar({ noun, selection, hasMore, children }: ListBarProps) {
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
        <Checkbox
          aria-label={`Select all ${noun} shown`}
          disabled={listed === 0}
          checked={listed > 0 && ids.length === listed}
          indeterminate={ids.length > 0 && ids.length < listed}
          onChange={selection.toggleAll}
        />
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

interface BulkButtonProps {
  readonly label: string;
  readonly count: number;
  readonly isMain?: boolean;
  readonly isPending?: boolean;
  onClick(): void;
}

/**
 * Button for a bulk action. It stays focusable without a selection, because the action itself clears the selection.
 */
export function BulkButton({ label, count, isMain = false, isPending = false, onClick }: BulkButtonProps) {
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

interface SelectBoxProps {
  readonly id: string;
  readonly label: string;
  readonly selection: ListSelection;
}

/** Selects one item; with Shift (pointer or Space), the range from the last toggled item. */
export function SelectBox({ id, label, selection }: SelectBoxProps) {
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
