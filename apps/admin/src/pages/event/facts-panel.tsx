import type { FrictionEventDetail } from '@defrag/client';
import { SimpleGrid, Text } from '@mantine/core';
import { formatCount, formatDateTime, NONE } from '../../lib/format.ts';
import { CodeText, DigestText } from '../../ui/code-text.tsx';
import { DurationSelect } from '../../ui/duration-select.tsx';
import { Figure, Labelled, SmallFigure } from '../../ui/figure.tsx';
import { Panel } from '../../ui/panel.tsx';

/** The inputs that determine the video, and where they come from. */
export function FactsPanel({
  event,
  durationMs,
  onDurationChange,
}: {
  readonly event: FrictionEventDetail;
  /** The selected duration; the event follows when it is loaded. */
  readonly durationMs: number;
  onDurationChange(durationMs: number): void;
}) {
  return (
    <Panel title="Inputs">
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="md">
        <Figure label="Friction" value={event.friction_score} />
        <Figure label="Pressure" value={event.pressure_score} />
        <Figure label="Frames" value={formatCount(event.frames)} />
        <Figure label="Renderer" value={event.renderer_version} />
      </SimpleGrid>
      <DurationSelect label="Duration" durationMs={durationMs} onChange={onDurationChange} />
      <Labelled label="Seed">
        <DigestText value={event.provenance_hash} what="the seed" />
      </Labelled>
      <Labelled label="Canonical inputs">
        <CodeText value={event.canonical_inputs} what="the canonical inputs" />
      </Labelled>
      <Labelled label="Video hash">
        <DigestText value={event.video.hash} what="the video hash" />
      </Labelled>
      <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="md">
        <SmallFigure label="Delta" value={event.friction_delta ?? NONE} />
        <SmallFigure label="Gate" value={event.primary_gate} />
        <SmallFigure label="Fidelity" value={event.fidelity_bucket} />
        <SmallFigure label="Scored by" value={event.engine_version} />
      </SimpleGrid>
      <Text size="xs" c="dimmed">
        Created {formatDateTime(event.created_at)}, last updated {formatDateTime(event.updated_at)}.
      </Text>
    </Panel>
  );
}
