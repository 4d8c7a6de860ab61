import type { Statistics } from '@defrag/client';
import { Badge, Code, Table, Text } from '@mantine/core';
import { IconServerOff } from '@tabler/icons-react';
import { formatAgo, formatDateTime, NONE } from '../../lib/format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { WideTable } from '../../ui/wide-table.tsx';

const COLUMNS = ['Worker', 'State', 'Rendering', 'Engine', 'Renderer', 'Started', 'Last seen'];

export function WorkersPanel({ statistics }: { readonly statistics: Statistics }) {
  const { workers, measured_at, renderer_version } = statistics;
  return (
    <Panel title="Workers">
      {workers.length === 0 ? (
        <EmptyState icon={IconServerOff} title="No worker seen in the last 24 hours">
          Nothing renders without a worker. Start one with <Code>pnpm defrag worker</Code>.
        </EmptyState>
      ) : (
        <WideTable label="Workers table" minWidth={820} columns={COLUMNS}>
          {workers.map((worker) => (
            <Table.Tr key={worker.name}>
              <Table.Td className="number">{worker.name}</Table.Td>
              <Table.Td>
                <Badge color={worker.alive ? 'var(--defrag-cool)' : 'var(--defrag-warm)'}>
                  {worker.alive ? 'Alive' : 'Not responding'}
                </Badge>
              </Table.Td>
              <Table.Td className="number">
                {worker.rendering} of {worker.concurrency}
              </Table.Td>
              <Table.Td>{worker.engine ?? NONE}</Table.Td>
              <Table.Td className="number">
                {worker.renderer_version}
                {worker.renderer_version !== renderer_version && (
                  <Text span size="xs" c="var(--defrag-warm)">
                    {' '}
                    differs
                  </Text>
                )}
              </Table.Td>
              <Table.Td>{formatDateTime(worker.started_at)}</Table.Td>
              <Table.Td title={formatDateTime(worker.last_seen_at)}>
                {formatAgo(worker.last_seen_at, Date.parse(measured_at))}
              </Table.Td>
            </Table.Tr>
          ))}
        </WideTable>
      )}
    </Panel>
  );
}
