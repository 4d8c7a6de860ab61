import { VIDEO_FORMAT } from '@defrag/core';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { codeOf } from '../../api/error-text.ts';
import { trpc } from '../../api/trpc.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { EventNotFound } from './event-not-found.tsx';
import { EventSkeleton } from './event-skeleton.tsx';
import { EventView } from './event-view.tsx';

const route = getRouteApi('/signed-in/events/$frictionId');

/** A friction event, its motion live, and the video that is rendered of it. */
export function EventPage(): ReactElement {
  const { frictionId } = route.useParams();
  const { duration_ms: durationMs = VIDEO_FORMAT.defaultDurationMs } = route.useSearch();
  const { data, error, refetch } = trpc.admin.frictionEvents.byId.useQuery(
    { friction_id: frictionId, duration_ms: durationMs },
    // The event stays when another length is asked for; only what hangs on the length comes anew.
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
