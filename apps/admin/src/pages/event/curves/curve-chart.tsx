import { LineChart } from '@mantine/charts';
import '@mantine/charts/styles.css';
import type { ReactElement } from 'react';
import { CURVE_CHART_HEIGHT } from './curve-chart-height.ts';
import type { CurveKey, CurvePoint } from './motion-curves.ts';

/** One curve over the position, with the playhead. Import it lazily: the charts are large. */
export function CurveChart({
  curve,
  colour,
  points,
  position,
}: {
  readonly curve: CurveKey;
  readonly colour: string;
  readonly points: readonly CurvePoint[];
  /** Of the playhead, 0..1. */
  readonly position: number;
}): ReactElement {
  return (
    <LineChart
      h={CURVE_CHART_HEIGHT}
      data={points as CurvePoint[]}
      dataKey="position"
      series={[{ name: curve, color: colour }]}
      curveType="linear"
      strokeWidth={1.5}
      withDots={false}
      withTooltip={false}
      withXAxis={false}
      withYAxis={false}
      gridAxis="none"
      xAxisProps={{ type: 'number', domain: [0, 1] }}
      yAxisProps={{ domain: [0, 1] }}
      referenceLines={[{ x: position, color: 'var(--mantine-color-text)' }]}
      lineProps={{ isAnimationActive: false }}
      // The plot is one picture, and its values stand beside it as text.
      lineChartProps={{ accessibilityLayer: false, margin: { top: 2, right: 1, bottom: 2, left: 1 } }}
    />
  );
}
