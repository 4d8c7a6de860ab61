import { Anchor, SimpleGrid, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { MotionPreview } from '../../motion/motion-preview.tsx';
import type { SandboxInputs } from './sandbox-inputs.ts';

/** A low, a middle and a high score; the grid shows their pairs. */
const LEVELS = [10, 50, 90] as const;

/** Friction rises from row to row, pressure from column to column. */
const CELLS = LEVELS.flatMap((friction_score) =>
  LEVELS.map((pressure_score) => ({ friction_score, pressure_score })),
);

/** Nine pairs of scores with the same seed and position. Each links to its single view. */
export function ScoreGrid({
  inputs,
  position,
}: {
  readonly inputs: SandboxInputs;
  readonly position: number;
}) {
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }} spacing={{ base: 'md', xs: 'xs' }}>
      {CELLS.map((scores) => {
        const name = `Friction ${scores.friction_score}, pressure ${scores.pressure_score}`;
        return (
          <Stack key={name} gap={4} className="motion-cell">
            <MotionPreview
              inputs={{ ...scores, seed: inputs.seed, duration_ms: inputs.duration_ms }}
              position={position}
              label={name}
              drawnWidth={SMALL_PICTURE_WIDTH}
            />
            <Anchor
              className="label motion-cell-link"
              renderRoot={(props) => (
                <Link
                  from="/sandbox"
                  to="/sandbox"
                  search={(before) => ({ ...before, ...scores, view: 'single' as const })}
                  resetScroll={false}
                  {...props}
                />
              )}
            >
              {name}
            </Anchor>
          </Stack>
        );
      })}
    </SimpleGrid>
  );
}

/** Drawing width in pixels: enough for fine lines, and fewer would hardly be faster. */
const SMALL_PICTURE_WIDTH = 480;

/** On these screens, scaling down a full-size drawing would break fine lines. */
const SMALL_SCREENS = '(max-width: 36em) and (max-resolution: 1.5dppx)';

/** Drawing width in pixels of a single preview; undefined for the video's width. */
export function useDrawnWidth(): number | undefined {
  const isSmall = useMediaQuery(SMALL_SCREENS, false, { getInitialValueInEffect: false });
  return isSmall ? SMALL_PICTURE_WIDTH : undefined;
}
