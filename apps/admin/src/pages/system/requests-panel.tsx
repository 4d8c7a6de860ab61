import type { Statistics } from '@defrag/client';
import { SimpleGrid, Skeleton } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { lazy, type ReactElement, Suspense } from 'react';
import { formatCount, formatPercent } from '../../format/format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Figure } from '../../ui/figure.tsx';
import { Panel } from '../../ui/panel.tsx';
import { bucketRequests, bucketSize } from './request-buckets.ts';

const RequestChart = lazy(async () => ({ default: (await import('./request-chart.tsx')).RequestChart }));

/** Pixels of the chart, of what stands in its place until it is loaded, and where there is nothing to show. */
const CHART_HEIGHT = 240;

/** How often videos were asked for, and how often the cache had them. */
export function RequestsPanel({
  requests,
  windowHours,
}: {
  readonly requests: Statistics['requests'];
  readonly windowHours: number;
}): ReactElement {
  const size = bucketSize(windowHours);
  const isEmpty = requests.hits + requests.misses + requests.forced === 0;
  return (
    <Panel title="Cache">
      <SimpleGrid cols={{ base: 2, xs: 4 }} maw={{ xs: 480 }}>
        <Figure label="Hit rate" value={formatPercent(requests.hit_rate, 1)} />
        <Figure label="Hits" value={formatCount(requests.hits)} />
        <Figure label="Misses" value={formatCount(requests.misses)} />
        <Figure label="Forced" value={formatCount(requests.forced)} />
      </SimpleGrid>
      {isEmpty ? (
        <EmptyState icon={IconChartBar} title="Nobody has asked for a video">
          Requests show up here a few seconds after they came. Those of backfills are not counted.
        </EmptyState>
      ) : (
        <Suspense fallback={<Skeleton h={CHART_HEIGHT} />}>
          <RequestChart buckets={bucketRequests(requests.hours, size)} size={size} height={CHART_HEIGHT} />
        </Suspense>
      )}
    </Panel>
  );
}
