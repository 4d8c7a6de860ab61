import type { Backfill } from '@defrag/client';
import { Table, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { formatCount, formatDateTime, formatDuration, NONE } from '../../../format/format.ts';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { WideTable } from '../../../ui/wide-table.tsx';

const COLUMNS = ['Begun', 'State', 'Each', 'At a time', 'Rendered', 'Failed', 'Skipped', 'Left', 'Took'];

/** The backfills that have ended, the newest first. */
export function BackfillHistory({ backfills }: { readonly backfills: readonly Backfill[] }): ReactElement {
  if (backfills.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No backfill has ended yet.
      </Text>
    );
  }
  return (
    <WideTable label="Table of the backfills that have ended" minWidth={860} columns={COLUMNS}>
      {backfills.map((backfill) => (
        <Table.Tr key={backfill.id}>
          <Table.Td>{formatDateTime(backfill.created_at)}</Table.Td>
          <Table.Td>
            <StatusBadge status={backfill.state} />
          </Table.Td>
          <Table.Td className="number">{formatDuration(backfill.duration_ms)}</Table.Td>
          <Table.Td className="number">{formatCount(backfill.concurrency)}</Table.Td>
          <Table.Td className="number">
            {formatCount(backfill.succeeded)} of {formatCount(backfill.total)}
          </Table.Td>
          <Table.Td className="number">{formatCount(backfill.failed)}</Table.Td>
          <Table.Td className="number">{formatCount(backfill.skipped)}</Table.Td>
          <Table.Td className="number">{formatCount(backfill.waiting + backfill.cancelled)}</Table.Td>
          <Table.Td className="number">{tookOf(backfill)}</Table.Td>
        </Table.Tr>
      ))}
    </WideTable>
  );
}

function tookOf({ created_at, finished_at }: Backfill): string {
  return finished_at === null ? NONE : formatDuration(Date.parse(finished_at) - Date.parse(created_at));
}
