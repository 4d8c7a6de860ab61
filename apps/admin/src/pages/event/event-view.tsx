import type { FrictionEventDetail } from '@defrag/client';
import { SimpleGrid } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { changeSearch } from '../../app/change-search.ts';
import { EventHeader } from './event-header.tsx';
import { EventMotion } from './event-motion.tsx';
import type { EventSearch } from './event-search.ts';
import { FactsPanel } from './facts/facts-panel.tsx';
import { NoVideo } from './render/no-video.tsx';
import { RenderHistory } from './render/render-history.tsx';
import { RenderPanel } from './render/render-panel.tsx';
import { isUnderWay } from './render/render-state.ts';
import { useRenderCommands } from './render/use-render-commands.ts';
import { useRenderProgress } from './render/use-render-progress.ts';
import { SnippetsPanel } from './snippets/snippets-panel.tsx';

/** The page of an event that is there. */
export function EventView({
  event,
  durationMs,
}: {
  /** The event; of another length than the chosen one for the moment after the choice. */
  readonly event: FrictionEventDetail;
  readonly durationMs: number;
}): ReactElement {
  const navigate = useNavigate({ from: '/events/$frictionId' });
  const commands = useRenderCommands(event);
  const render = useRenderProgress(event.video.hash, isUnderWay(event));
  const isCurrent = event.duration_ms === durationMs;
  return (
    <>
      <EventHeader event={event} commands={commands} isDisabled={!isCurrent} />
      <EventMotion
        source={{
          friction_score: event.friction_score,
          pressure_score: event.pressure_score,
          seed: event.provenance_hash,
        }}
        durationMs={durationMs}
        url={isCurrent ? event.video.url : null}
        instead={isCurrent && <NoVideo event={event} render={render} commands={commands} />}
      >
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" mb="md" style={{ alignItems: 'start' }}>
          <RenderPanel event={event} render={render} />
          <FactsPanel
            event={event}
            durationMs={durationMs}
            onDurationChange={(duration_ms) => void changeSearch<EventSearch>(navigate, { duration_ms })}
          />
        </SimpleGrid>
      </EventMotion>
      <RenderHistory jobs={event.cached_video?.jobs ?? []} />
      <SnippetsPanel
        subject={{
          apiUrl: window.location.origin,
          frictionId: event.id,
          durationMs: event.duration_ms,
          videoUrl: event.video.url,
        }}
      />
    </>
  );
}
