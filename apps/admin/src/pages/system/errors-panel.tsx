import type { Statistics } from '@defrag/client';
import { Anchor, Table } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { formatAgo, formatDateTime, NONE } from '../../format/format.ts';
import { CodeText } from '../../ui/code-text.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { WideTable } from '../../ui/wide-table.tsx';

const COLUMNS = ['When', 'Event', 'State', 'Tries', 'Error', 'Video hash'];

/** Digits of a hash by which it is told from others. */
const SHOWN_DIGITS = 8;

/** The renders that failed last, each with its event. */
export function ErrorsPanel({ statistics }: { readonly statistics: Statistics }): ReactElement {
  const { last_errors, measured_at } = statistics;
  return (
    <Panel title="Last errors">
      {last_errors.length === 0 ? (
        <EmptyState icon={IconCircleCheck} title="No render has failed">
          The last 20 that fail show up here.
        </EmptyState>
      ) : (
        <WideTable label="Table of the last errors" minWidth={960} columns={COLUMNS}>
          {last_errors.map((error) => (
            <Table.Tr key={error.job_id}>
              <Table.Td title={formatDateTime(error.at)}>
                {formatAgo(error.at, Date.parse(measured_at))}
              </Table.Td>
              <Table.Td>
                <Anchor
                  className="number"
                  size="sm"
                  c="var(--mantine-color-text)"
                  underline="always"
                  renderRoot={(props) => (
                    <Link to="/events/$frictionId" params={{ frictionId: error.friction_id }} {...props} />
                  )}
                >
                  {error.friction_id}
                </Anchor>
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
