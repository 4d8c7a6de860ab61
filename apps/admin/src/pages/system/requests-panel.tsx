import type { Statistics } from '@defrag/client';
import { SimpleGrid, Skeleton } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { formatCount, formatPercent } from '../../lib/format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Figure } from '../../ui/figure.tsx';
import { Panel } from '../../ui/panel.tsx';
import { bucketRequests, bucketSize } from './request-buckets.ts';

const RequestChart = lazy(async () => ({ default: (await import('./request-chart.tsx')).RequestChart }));

/** Chart height in pixels, also while it loads. */
const CHART_HEIGHT = 240;

export function RequestsPanel({
  requests,
  windowHours,
}: {
  readonly requests: Statistics['requests'];
  readonly windowHours: number;
}) {
  const size = bucketSize(windowHours);
  const isEmpty = requests.hits + requests.misses + requests.forced === 0;
  return (
    <Panel title="Cache">
      <SimpleGrid cols={{ base: 2, xs: 4 }} maw={{ xs: 480 }}>
        <Figure label="Hit rate" value={formatPercent(requests.hit_rate, 1)} />
        <Figure label="Hits" value={formatCount(requests.hits)} />
        <Figure label="Misses" value={formatCount(requests.misses)} />
        <Figure label="Verifications" value={formatCount(requests.forced)} />
      </SimpleGrid>
      {isEmpty ? (
        <EmptyState icon={IconChartBar} title="No requests yet">
          Requests appear here after a few seconds. Backfills are not counted.
        </EmptyState>
      ) : (
        <Suspense fallback={<Skeleton h={CHART_HEIGHT} />}>
          <RequestChart buckets={bucketRequests(requests.hours, size)} size={size} height={CHART_HEIGHT} />
        </Suspense>
      )}
    </Panel>
  );
}
