import { AspectRatio, Paper, Skeleton, Stack } from '@mantine/core';
import type { ReactElement } from 'react';

const CARDS = Array.from({ length: 8 }, (_, card) => card);

/** Where the list of videos will be. */
export function VideosSkeleton(): ReactElement {
  return (
    <div className="card-grid" role="status" aria-label="Loading the videos">
      {CARDS.map((card) => (
        <Paper key={card} p={0}>
          <AspectRatio ratio={16 / 9}>
            <Skeleton radius={0} />
          </AspectRatio>
          <Stack gap={6} p="sm">
            <Skeleton h={22} w="70%" />
            <Skeleton h={54} />
          </Stack>
        </Paper>
      ))}
    </div>
  );
}
