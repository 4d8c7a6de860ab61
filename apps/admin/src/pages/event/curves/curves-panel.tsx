import { Box, Group, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { lazy, Suspense, useMemo } from 'react';
import { formatPercent } from '../../../lib/format.ts';
import { Panel } from '../../../ui/panel.tsx';
import {
  CURVE_CHART_HEIGHT,
  CURVE_CHART_INSET,
  type CurveKey,
  type MotionSource,
  motionCurves,
  PLOTTED_CURVES,
} from './motion-curves.ts';

const CurveChart = lazy(async () => ({ default: (await import('./curve-chart.tsx')).CurveChart }));

/** Warm for tension, cool for rest, as everywhere; the others are neutral. */
const COLOURS: Partial<Record<CurveKey, string>> = {
  tension: 'var(--defrag-warm)',
  heat: 'var(--defrag-warm)',
  calm: 'var(--defrag-cool)',
};

export function CurvesPanel({
  source,
  position,
}: {
  readonly source: MotionSource;
  readonly position: number;
}) {
  const { friction_score, pressure_score, seed } = source;
  // The charts redraw only when their points change.
  const curves = useMemo(
    () => motionCurves({ friction_score, pressure_score, seed }),
    [friction_score, pressure_score, seed],
  );
  const values = curves.at(position);
  return (
    <Panel title="Motion" mb="md">
      <Text size="xs" c="dimmed">
        Values from 0 to 100 % along the video, shown at {formatPercent(position, 1)}. Calculated in your
        browser. Nothing is sent.
      </Text>
      <SimpleGrid cols={{ base: 2, lg: 4 }} spacing="lg" verticalSpacing="md">
        {PLOTTED_CURVES.map(({ key, name, meaning }) => (
          <Stack key={key} gap={2} data-curve={key}>
            <Group justify="space-between" gap="xs" wrap="nowrap">
              <Text className="label" component="h3">
                {name}
              </Text>
              <Text className="number" size="sm" data-value>
                {formatPercent(values[key], 1)}
              </Text>
            </Group>
            <Box pos="relative" role="img" aria-label={`${name} along the video. ${meaning}.`}>
              <Suspense fallback={<Skeleton h={CURVE_CHART_HEIGHT} radius={0} />}>
                <CurveChart curve={key} colour={COLOURS[key] ?? 'var(--defrag-dim)'} points={curves.points} />
              </Suspense>
              <Playhead position={position} />
            </Box>
            <Text size="xs" c="dimmed">
              {meaning}
            </Text>
          </Stack>
        ))}
      </SimpleGrid>
    </Panel>
  );
}

/** The current position. It lies over the chart, so that moving it does not redraw the chart. */
function Playhead({ position }: { readonly position: number }) {
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
