import { Alert, SegmentedControl, SimpleGrid, Skeleton, Stack } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { textOf } from '../../api/error-text.ts';
import { trpc } from '../../api/trpc.ts';
import { formatTime } from '../../lib/format.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { BackfillPanel } from './backfill-panel.tsx';
import { ErrorsPanel } from './errors-panel.tsx';
import { RequestsPanel } from './requests-panel.tsx';
import { QueuePanel, RendersPanel, SetupPanel } from './statistics-panels.tsx';
import { WorkersPanel } from './workers-panel.tsx';

const route = getRouteApi('/signed-in/system');

/** Milliseconds between refreshes. */
const REFRESH_MS = 5_000;

const WINDOWS = [
  { value: 24, label: '24 h' },
  { value: 168, label: '7 d' },
  { value: 720, label: '30 d' },
] as const;

export function SystemPage() {
  const { window_hours = 24 } = route.useSearch();
  const navigate = route.useNavigate();
  const statistics = trpc.admin.stats.useQuery(
    { window_hours },
    { refetchInterval: REFRESH_MS, placeholderData: keepPreviousData },
  );
  return (
    <>
      <PageHeader
        title="System"
        description={
          statistics.data === undefined
            ? `Loading. Refreshes every ${REFRESH_MS / 1_000} s.`
            : `Measured at ${formatTime(statistics.data.measured_at)}. Refreshes every ${REFRESH_MS / 1_000} s.`
        }
        actions={
          <SegmentedControl
            aria-label="Time range"
            data={[...WINDOWS]}
            value={window_hours}
            onChange={(hours) => void navigate({ search: { window_hours: hours }, resetScroll: false })}
          />
        }
      />
      <Stack>
        {statistics.error && statistics.data && (
          <Alert
            role="alert"
            variant="outline"
            color="var(--defrag-warm)"
            title="These numbers are out of date"
          >
            Could not refresh them. {textOf(statistics.error)}
          </Alert>
        )}
        {statistics.data ? (
          <>
            <SetupPanel statistics={statistics.data} />
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <QueuePanel statistics={statistics.data} />
              <RendersPanel statistics={statistics.data} />
            </SimpleGrid>
            <RequestsPanel requests={statistics.data.requests} windowHours={statistics.data.window_hours} />
            <WorkersPanel statistics={statistics.data} />
          </>
        ) : statistics.error ? (
          <ErrorState error={statistics.error} onRetry={() => void statistics.refetch()} />
        ) : (
          <SystemSkeleton />
        )}
        <BackfillPanel />
        {statistics.data && <ErrorsPanel statistics={statistics.data} />}
      </Stack>
    </>
  );
}

function SystemSkeleton() {
  return (
    <Stack role="status" aria-label="Loading">
      <Skeleton h={{ base: 297, sm: 176 }} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Skeleton h={176} />
        <Skeleton h={176} />
      </SimpleGrid>
      <Skeleton h={{ base: 441, xs: 372 }} />
      <Skeleton h={152} />
    </Stack>
  );
}
