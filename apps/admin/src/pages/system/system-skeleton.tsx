import { SimpleGrid, Skeleton, Stack } from '@mantine/core';
import type { ReactElement } from 'react';

/** In the place of the figures until they are there. */
export function SystemSkeleton(): ReactElement {
  return (
    <Stack role="status" aria-label="Loading">
      <Skeleton h={{ base: 328, sm: 193 }} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Skeleton h={210} />
        <Skeleton h={210} />
      </SimpleGrid>
      <Skeleton h={400} />
      <Skeleton h={150} />
    </Stack>
  );
}
