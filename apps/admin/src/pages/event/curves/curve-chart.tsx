import '@mantine/charts/styles.css';
import { LineChart } from '@mantine/charts';
import { memo } from 'react';
import { CURVE_CHART_HEIGHT, CURVE_CHART_INSET, type CurveKey, type CurvePoint } from './motion-curves.ts';

interface CurveChartProps {
  readonly curve: CurveKey;
  /** CSS colour of the line. */
  readonly colour: string;
  readonly points: readonly CurvePoint[];
}

/**
 * One curve. Memoised, so that it does not redraw while the slider moves. Import it lazily: the chart library is
 * large.
 */
export const CurveChart = memo(function CurveChart({ curve, colour, points }: CurveChartProps) {
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
      // The chart is an image; its values are text beside it.
      lineChartProps={{
        accessibilityLayer: false,
        margin: { top: 2, bottom: 2, left: CURVE_CHART_INSET, right: CURVE_CHART_INSET },
      }}
    />
  );
});
