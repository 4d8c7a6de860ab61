import type { FrictionEventDetail } from '@defrag/client';
import { SimpleGrid } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { changeSearch } from '../../lib/search.ts';
import { CurvesPanel } from './curves/curves-panel.tsx';
import type { MotionSource } from './curves/motion-curves.ts';
import { EventHeader } from './event-header.tsx';
import type { EventSearch } from './event-search.ts';
import { FactsPanel } from './facts-panel.tsx';
import { NoVideo } from './render/render-actions.tsx';
import { RenderHistory } from './render/render-history.tsx';
import { RenderPanel } from './render/render-panel.tsx';
import { isRenderActive, useRenderCommands } from './render/use-render-commands.ts';
import { useRenderProgress } from './render/use-render-progress.ts';
import { SnippetsPanel } from './snippets-panel.tsx';
import { Stage } from './stage.tsx';

export function EventView({
  event,
  durationMs,
}: {
  /** Still has the previous duration while the next one loads. */
  readonly event: FrictionEventDetail;
  readonly durationMs: number;
}) {
  const navigate = useNavigate({ from: '/events/$frictionId' });
  const commands = useRenderCommands(event);
  const render = useRenderProgress(event.video.hash, isRenderActive(event));
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

const route = getRouteApi('/signed-in/events/$frictionId');

/** Everything that moves with the slider. Only this re-renders while the slider moves. */
function EventMotion({
  source,
  durationMs,
  url,
  instead,
  children,
}: {
  readonly source: MotionSource;
  readonly durationMs: number;
  /** URL of the rendered video; null when there is none. */
  readonly url: string | null;
  readonly instead: ReactNode;
  readonly children: ReactNode;
}) {
  const { position: openedAt = 0 } = route.useSearch();
  const navigate = useNavigate({ from: '/events/$frictionId' });
  const [position, setPosition] = useState(openedAt);
  return (
    <>
      <Stage
        source={source}
        durationMs={durationMs}
        url={url}
        position={position}
        onMove={setPosition}
        onRest={(rested) => void changeSearch<EventSearch>(navigate, { position: Number(rested.toFixed(4)) })}
      >
        {instead}
      </Stage>
      {children}
      <CurvesPanel source={source} position={position} />
    </>
  );
}
