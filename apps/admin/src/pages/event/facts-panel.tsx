import type { FrictionEventDetail } from '@defrag/api/client';
import { Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { formatCount, formatDateTime, NONE } from '../../lib/format.ts';
import { CodeText, DigestText } from '../../ui/code-text.tsx';
import { DurationSelect } from '../../ui/duration-select.tsx';
import { Figure, SmallFigure } from '../../ui/figure.tsx';

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
}): ReactElement {
  return (
    <Paper component="section" aria-labelledby="inputs-title">
      <Title order={2} id="inputs-title" size="h4" mb="md">
        Inputs
      </Title>
      <Stack gap="md">
        <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="md">
          <Figure label="Friction" value={event.friction_score} />
          <Figure label="Pressure" value={event.pressure_score} />
          <Figure label="Frames" value={formatCount(event.frames)} />
          <Figure label="Renderer" value={event.renderer_version} />
        </SimpleGrid>
        <DurationSelect durationMs={durationMs} onChange={onDurationChange} />
        <Fact label="Seed">
          <DigestText value={event.provenance_hash} what="the seed" />
        </Fact>
        <Fact label="Canonical inputs">
          <CodeText value={event.canonical_inputs} what="the canonical inputs" />
        </Fact>
        <Fact label="Video hash">
          <DigestText value={event.video.hash} what="the video hash" />
        </Fact>
        <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="md">
          <SmallFigure label="Delta" value={event.friction_delta ?? NONE} />
          <SmallFigure label="Gate" value={event.primary_gate} />
          <SmallFigure label="Fidelity" value={event.fidelity_bucket} />
          <SmallFigure label="Scored by" value={event.engine_version} />
        </SimpleGrid>
        <Text size="xs" c="dimmed">
          Created {formatDateTime(event.created_at)}, last updated {formatDateTime(event.updated_at)}.
        </Text>
      </Stack>
    </Paper>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    <Stack gap={2}>
      <Text className="label" component="div">
        {label}
      </Text>
      {children}
    </Stack>
  );
}
