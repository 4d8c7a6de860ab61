import type { Backfill } from '@defrag/client';
import { Skeleton, Stack, Table, Text } from '@mantine/core';
import { formatCount, formatDateTime, formatDuration, NONE } from '../../lib/format.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { WideTable } from '../../ui/wide-table.tsx';
import { activeBackfill, useBackfills } from '../../watch/backfill-watch.tsx';
import { BackfillProgress } from './backfill-progress.tsx';
import { BackfillStart } from './backfill-start.tsx';

export function BackfillPanel() {
  const { data, error, refetch } = useBackfills();
  const active = data && activeBackfill(data.items);
  return (
    <Panel title="Backfill">
      <Text size="sm" c="dimmed">
        Renders all events without a video for the current renderer version. Manual requests take priority.
      </Text>
      {data ? (
        <Stack gap="lg">
          {active && <BackfillProgress backfill={active} />}
          <BackfillStart isBlocked={active !== undefined} />
          <BackfillHistory backfills={data.items.filter((backfill) => backfill !== active)} />
        </Stack>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton h={{ base: 352, sm: 180 }} role="status" aria-label="Loading" />
      )}
    </Panel>
  );
}

const COLUMNS = [
  'Started',
  'State',
  'Length',
  'Concurrency',
  'Rendered',
  'Failed',
  'Skipped',
  'Not rendered',
  'Duration',
];

function BackfillHistory({ backfills }: { readonly backfills: readonly Backfill[] }) {
  if (backfills.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No past backfills.
      </Text>
    );
  }
  return (
    <WideTable label="Past backfills" minWidth={860} columns={COLUMNS}>
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
