import type { RenderJob } from '@defrag/client';
import { Paper, Stack, Table, Text, Title } from '@mantine/core';
import type { ReactElement } from 'react';
import { formatBytes, formatCost, formatDateTime, formatDuration, NONE } from '../../../format/format.ts';
import { CodeText } from '../../../ui/code-text.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';

/** Characters of a digest that tell two apart at a glance. */
const SHOWN_DIGITS = 12;

/** All renders of a video that were asked for, the newest first. */
export function RenderHistory({ jobs }: { readonly jobs: readonly RenderJob[] }): ReactElement {
  return (
    <Paper component="section" aria-labelledby="history-title" mb="md">
      <Title order={2} id="history-title" size="h4" mb="xs">
        Attempts
      </Title>
      {jobs.length === 0 ? (
        <Text size="sm" c="dimmed">
          There was none yet.
        </Text>
      ) : (
        <Table.ScrollContainer
          minWidth={1_080}
          type="native"
          tabIndex={0}
          role="region"
          aria-label="Table of attempts"
        >
          <Table aria-labelledby="history-title" verticalSpacing="sm">
            <Table.Thead>
              <Table.Tr>
                {['State', 'Kind', 'Tries', 'Engine and worker', 'Times', 'Took', 'Result'].map((title) => (
                  <Table.Th key={title} className="label" scope="col">
                    {title}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {jobs.map((job) => (
                <HistoryRow key={job.id} job={job} />
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  );
}

function HistoryRow({ job }: { readonly job: RenderJob }): ReactElement {
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td>
        <StatusBadge status={job.state} />
      </Table.Td>
      <Table.Td>{job.forced ? 'Forced' : 'First'}</Table.Td>
      <Table.Td className="number">{job.tries}</Table.Td>
      <Table.Td>
        <Text size="sm">{job.engine ?? NONE}</Text>
        <Text size="xs" c="dimmed" className="number">
          {job.worker ?? NONE}
        </Text>
      </Table.Td>
      <Table.Td>
        <Times job={job} />
      </Table.Td>
      <Table.Td className="number">{formatDuration(job.render_duration_ms)}</Table.Td>
      <Table.Td maw={320}>
        {job.error_code !== null && (
          <Stack gap={0}>
            <Text className="number" size="xs" c="var(--defrag-warm)">
              {job.error_code}
            </Text>
            <Text size="xs">{job.error_message}</Text>
          </Stack>
        )}
        {job.content_sha256 !== null && (
          <Stack gap={0}>
            <CodeText
              value={job.content_sha256}
              what="the digest of this attempt"
              shownCharacters={SHOWN_DIGITS}
            />
            <Text size="xs" c="dimmed">
              {formatBytes(job.size_bytes)}
              {job.cost_usd !== null && ` · ${formatCost(job.cost_usd)}`}
            </Text>
          </Stack>
        )}
        {job.error_code === null && job.content_sha256 === null && NONE}
      </Table.Td>
    </Table.Tr>
  );
}

function Times({ job }: { readonly job: RenderJob }): ReactElement {
  const times = [
    ['Queued', job.queued_at],
    ['Started', job.started_at],
    ['Ended', job.finished_at],
  ] as const;
  return (
    <Stack gap={0}>
      {times.map(
        ([name, time]) =>
          time !== null && (
            <Text key={name} size="xs" className="number" style={{ whiteSpace: 'nowrap' }}>
              {name} {formatDateTime(time)}
            </Text>
          ),
      )}
    </Stack>
  );
}
