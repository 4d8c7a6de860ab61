import { SimpleGrid, Skeleton, Stack } from '@mantine/core';
import type { ReactElement } from 'react';

/** In the place of the figures until they are there. */
export function SystemSkeleton(): ReactElement {
  return (
    <Stack role="status" aria-label="Loading">
      <Skeleton h={{ base: 297, sm: 176 }} />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Skeleton h={176} />
        <Skeleton h={176} />
      </SimpleGrid>
      <Skeleton h={{ base: 441, xs: 372 }} />
      <Skeleton h={152} />
    </Stack>
  );
}
