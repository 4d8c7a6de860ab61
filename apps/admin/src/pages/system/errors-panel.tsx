import type { Statistics } from '@defrag/client';
import { Table } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { formatAgo, formatDateTime, NONE } from '../../lib/format.ts';
import { CodeText } from '../../ui/code-text.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { EventLink } from '../../ui/event-link.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { WideTable } from '../../ui/wide-table.tsx';

const COLUMNS = ['Time', 'Event', 'State', 'Tries', 'Error', 'Video hash'];

const SHOWN_DIGITS = 8;

export function ErrorsPanel({ statistics }: { readonly statistics: Statistics }) {
  const { last_errors, measured_at } = statistics;
  return (
    <Panel title="Recent errors">
      {last_errors.length === 0 ? (
        <EmptyState icon={IconCircleCheck} title="No failed renders">
          The last 20 failures appear here.
        </EmptyState>
      ) : (
        <WideTable label="Recent errors table" minWidth={960} columns={COLUMNS}>
          {last_errors.map((error) => (
            <Table.Tr key={error.job_id}>
              <Table.Td title={formatDateTime(error.at)}>
                {formatAgo(error.at, Date.parse(measured_at))}
              </Table.Td>
              <Table.Td>
                <EventLink frictionId={error.friction_id} />
              </Table.Td>
              <Table.Td>
                <StatusBadge status={error.state} />
              </Table.Td>
              <Table.Td className="number">{error.tries}</Table.Td>
              <Table.Td>
                <div className="label">{error.error_code}</div>
                {error.error_message ?? NONE}
              </Table.Td>
              <Table.Td>
                <CodeText value={error.hash} what="the video hash" shownCharacters={SHOWN_DIGITS} />
              </Table.Td>
            </Table.Tr>
          ))}
        </WideTable>
      )}
    </Panel>
  );
}
