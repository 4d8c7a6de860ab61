import type { RenderJob } from '@defrag/client';
import { Stack, Table, Text } from '@mantine/core';
import { formatBytes, formatCost, formatDateTime, formatDuration, NONE } from '../../../lib/format.ts';
import { CodeText } from '../../../ui/code-text.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { WideTable } from '../../../ui/wide-table.tsx';

const COLUMNS = ['State', 'Type', 'Tries', 'Engine and worker', 'Times', 'Render time', 'Result'];

/** Digits shown of a digest. */
const SHOWN_DIGITS = 12;

/** All render jobs of the video, newest first. */
export function RenderHistory({ jobs }: { readonly jobs: readonly RenderJob[] }) {
  return (
    <Panel title="Render history" mb="md">
      {jobs.length === 0 ? (
        <Text size="sm" c="dimmed">
          No renders yet.
        </Text>
      ) : (
        <WideTable label="Render history table" minWidth={1_080} columns={COLUMNS}>
          {jobs.map((job) => (
            <HistoryRow key={job.id} job={job} />
          ))}
        </WideTable>
      )}
    </Panel>
  );
}

function HistoryRow({ job }: { readonly job: RenderJob }) {
  return (
    <Table.Tr style={{ verticalAlign: 'top' }}>
      <Table.Td>
        <StatusBadge status={job.state} />
      </Table.Td>
      <Table.Td>{job.forced ? 'Verification' : 'Render'}</Table.Td>
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
              what="the digest of this render"
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

function Times({ job }: { readonly job: RenderJob }) {
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
