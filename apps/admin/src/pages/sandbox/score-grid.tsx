import { Anchor, SimpleGrid, Stack } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { MotionPreview } from '../../motion/motion-preview.tsx';
import type { SandboxInputs } from './sandbox-inputs.ts';

/** A low, a middle and a high score; their pairs are the cells. */
const LEVELS = [10, 50, 90] as const;

/** Rows from low to high friction, with low to high pressure in each. */
const CELLS = LEVELS.flatMap((friction_score) =>
  LEVELS.map((pressure_score) => ({ friction_score, pressure_score })),
);

/** Nine pairs of scores with the same seed at the same position. Each leads to itself in the single view. */
export function ScoreGrid({
  inputs,
  position,
}: {
  readonly inputs: SandboxInputs;
  readonly position: number;
}): ReactElement {
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

/** Pixels of width in which a small picture is drawn: enough for fine lines. Fewer would hardly be faster. */
export const SMALL_PICTURE_WIDTH = 480;

/** Screens that have so few pixels for a picture that lines of the whole size would come out broken. */
const SMALL_SCREENS = '(max-width: 36em) and (max-resolution: 1.5dppx)';

/** Pixels of width in which the one picture is drawn on this screen; undefined for those of the video. */
export function useDrawnWidth(): number | undefined {
  const isSmall = useMediaQuery(SMALL_SCREENS, false, { getInitialValueInEffect: false });
  return isSmall ? SMALL_PICTURE_WIDTH : undefined;
}
