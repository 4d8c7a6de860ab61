import type { FrictionEventDetail } from '@defrag/client';
import { Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { formatCount, formatDateTime, NONE } from '../../../format/format.ts';
import { CodeText } from '../../../ui/code-text.tsx';
import { DigestText } from '../../../ui/digest-text.tsx';
import { Figure, SmallFigure } from '../../../ui/figure.tsx';
import { DurationSelect } from './duration-select.tsx';

/** Everything that decides the video, and where it comes from. */
export function FactsPanel({
  event,
  durationMs,
  onDurationChange,
}: {
  readonly event: FrictionEventDetail;
  /** The length that is chosen; the facts of the event follow when they are there. */
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
          Written {formatDateTime(event.created_at)}, last changed {formatDateTime(event.updated_at)}.
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
