import { Box } from '@mantine/core';
import type { ReactElement } from 'react';
import { CURVE_CHART_INSET } from './curve-chart-size.ts';

/** The line that says where in a plot the slider is. It lies over the plot, which need not be drawn anew when it moves. */
export function Playhead({ position }: { readonly position: number }): ReactElement {
  return (
    <Box
      data-playhead
      pos="absolute"
      top={0}
      bottom={0}
      w={1}
      ml={-0.5}
      bg="var(--mantine-color-text)"
      style={{ left: `calc(${CURVE_CHART_INSET}px + ${position} * (100% - ${2 * CURVE_CHART_INSET}px))` }}
    />
  );
}
