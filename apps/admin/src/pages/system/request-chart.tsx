import '@mantine/charts/styles.css';
import { CompositeChart } from '@mantine/charts';
import { Box, VisuallyHidden } from '@mantine/core';
import { formatCount, formatDay, formatHour, formatPercent } from '../../lib/format.ts';
import type { RequestBucket } from './request-buckets.ts';

/** Fainter than the misses in both schemes. */
const VERIFICATION_COLOUR = 'color-mix(in srgb, var(--defrag-dim) 50%, var(--mantine-color-body))';

interface RequestChartProps {
  readonly buckets: readonly RequestBucket[];
  readonly size: 'hour' | 'day';
  /** Pixels. */
  readonly height: number;
}

/** Stacked bars for requests, and the hit rate as a line. Screen readers get the same data as a table. */
export function RequestChart({ buckets, size, height }: RequestChartProps) {
  const format = size === 'hour' ? formatHour : formatDay;
  return (
    <>
      <Box aria-hidden>
        <CompositeChart
          h={height}
          data={buckets.map((bucket) => ({
            time: format(bucket.start),
            Hits: bucket.hits,
            Misses: bucket.misses,
            Verifications: bucket.forced,
            'Hit rate': bucket.hitRate === null ? null : bucket.hitRate * 100,
          }))}
          dataKey="time"
          series={[
            { name: 'Hits', type: 'bar', color: 'var(--defrag-cool)' },
            { name: 'Misses', type: 'bar', color: 'var(--defrag-dim)' },
            { name: 'Verifications', type: 'bar', color: VERIFICATION_COLOUR },
            { name: 'Hit rate', type: 'line', color: 'var(--mantine-color-text)', yAxisId: 'right' },
          ]}
          barProps={{ stackId: 'requests', isAnimationActive: false }}
          lineProps={{ isAnimationActive: false }}
          accessibilityLayer={false}
          maxBarWidth={24}
          curveType="linear"
          connectNulls={false}
          strokeWidth={1.5}
          dotProps={{ r: 3, fill: 'var(--mantine-color-body)' }}
          gridAxis="x"
          strokeDasharray="1 0"
          withLegend
          legendProps={{ itemSorter: null }}
          withRightYAxis
          yAxisProps={{ allowDecimals: false, width: 40 }}
          rightYAxisProps={{
            domain: [0, 100],
            tickFormatter: (percent: number) => `${percent} %`,
            width: 52,
          }}
          valueFormatter={(value) => formatCount(value)}
        />
      </Box>
      <VisuallyHidden>
        <table>
          <caption>Video requests per {size}</caption>
          <thead>
            <tr>
              {[size === 'hour' ? 'Hour' : 'Day', 'Hits', 'Misses', 'Verifications', 'Hit rate'].map(
                (name) => (
                  <th key={name}>{name}</th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {buckets.map(({ start, hits, misses, forced, hitRate }) => (
              <tr key={start}>
                <th>{format(start)}</th>
                <td>{formatCount(hits)}</td>
                <td>{formatCount(misses)}</td>
                <td>{formatCount(forced)}</td>
                <td>{formatPercent(hitRate)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </>
  );
}
