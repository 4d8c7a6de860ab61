import { AspectRatio, Box, SimpleGrid, Skeleton } from '@mantine/core';
import type { ReactElement } from 'react';
import { PageHeader } from '../../ui/page-header.tsx';

/** The page of an event while it is loaded, with everything where it will be. */
export function EventSkeleton(): ReactElement {
  return (
    <Box role="status" aria-label="Loading the event">
      <PageHeader
        title={<Skeleton h={31} w={160} />}
        documentTitle="Friction event"
        description={<Skeleton h={22} w={280} />}
      />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" mb="xs">
        {['preview', 'video'].map((name) => (
          <Box key={name}>
            <Skeleton h={17} w={96} mb={4} />
            <AspectRatio ratio={16 / 9}>
              <Skeleton radius={0} />
            </AspectRatio>
          </Box>
        ))}
      </SimpleGrid>
      <Skeleton h={65} mb="md" />
      <Skeleton h={20} w={180} mb="md" />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Skeleton h={420} />
        <Skeleton h={420} />
      </SimpleGrid>
    </Box>
  );
}
