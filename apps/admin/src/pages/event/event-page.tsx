import { VIDEO_FORMAT } from '@defrag/core';
import { Anchor, AspectRatio, Box, SimpleGrid, Skeleton } from '@mantine/core';
import { IconBoltOff } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { codeOf } from '../../api/error-text.ts';
import { trpc } from '../../api/trpc.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { EventView } from './event-view.tsx';

const route = getRouteApi('/signed-in/events/$frictionId');

export function EventPage() {
  const { frictionId } = route.useParams();
  const { duration_ms: durationMs = VIDEO_FORMAT.defaultDurationMs } = route.useSearch();
  const { data, error, refetch } = trpc.admin.frictionEvents.byId.useQuery(
    { friction_id: frictionId, duration_ms: durationMs },
    // Keep the event while another duration loads; only what depends on the duration changes.
    { placeholderData: (before) => (before?.id === frictionId.toLowerCase() ? before : undefined) },
  );
  if (data) return <EventView key={data.id} event={data} durationMs={durationMs} />;
  if (!error) return <EventSkeleton />;
  const code = codeOf(error);
  if (code === 'FRICTION_EVENT_NOT_FOUND' || code === 'BAD_REQUEST')
    return <EventNotFound frictionId={frictionId} />;
  return (
    <>
      <PageHeader title="Friction event" />
      <ErrorState error={error} onRetry={() => void refetch()} />
    </>
  );
}

function EventNotFound({ frictionId }: { readonly frictionId: string }) {
  return (
    <>
      <PageHeader title="Event not found" />
      <EmptyState icon={IconBoltOff} title={`There is no friction event ${frictionId}`}>
        It may have been deleted, or the URL is incomplete.{' '}
        <Anchor inherit underline="always" renderRoot={(props) => <Link to="/events" {...props} />}>
          Go to the friction events
        </Anchor>
      </EmptyState>
    </>
  );
}

function EventSkeleton() {
  return (
    <Box role="status" aria-label="Loading event">
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
