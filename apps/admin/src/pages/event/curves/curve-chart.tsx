import '@mantine/charts/styles.css';
import { LineChart } from '@mantine/charts';
import { memo } from 'react';
import { CURVE_CHART_HEIGHT, CURVE_CHART_INSET, type CurveKey, type CurvePoint } from './motion-curves.ts';

/** What a {@link CurveChart} shows. */
export interface CurveChartProps {
  readonly curve: CurveKey;
  /** Colour of the line, as CSS. */
  readonly colour: string;
  readonly points: readonly CurvePoint[];
}

/** One curve over the position. It is drawn once, and not while the slider moves. Import it lazily: the charts are large. */
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
      // The plot is one picture, and its values stand beside it as text.
      lineChartProps={{
        accessibilityLayer: false,
        margin: { top: 2, bottom: 2, left: CURVE_CHART_INSET, right: CURVE_CHART_INSET },
      }}
    />
  );
});
