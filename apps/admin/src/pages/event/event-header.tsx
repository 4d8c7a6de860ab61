import { Group, Text } from '@mantine/core';
import { shortId } from '../../lib/format.ts';
import { CopyButton } from '../../ui/code-text.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ScoreBar } from '../../ui/score-bar.tsx';
import { RenderActions } from './render/render-actions.tsx';
import type { RenderProps } from './render/use-render-commands.ts';

export function EventHeader({ event, commands, isDisabled }: RenderProps & { readonly isDisabled: boolean }) {
  const short = shortId(event.id);
  return (
    <PageHeader
      title={`Event ${short}`}
      description={
        <Group gap="lg" style={{ rowGap: 4 }}>
          <Group gap={4} wrap="nowrap">
            <Text inherit className="number" component="span">
              {event.id}
            </Text>
            <CopyButton value={event.id} what="the id" />
          </Group>
          <Text inherit className="number" component="time" dateTime={event.event_date}>
            {event.event_date}
          </Text>
          <Score name="Friction" kind="friction" score={event.friction_score} />
          <Score name="Pressure" kind="pressure" score={event.pressure_score} />
        </Group>
      }
      actions={<RenderActions event={event} commands={commands} isDisabled={isDisabled} />}
    />
  );
}

function Score(props: { name: string; kind: 'friction' | 'pressure'; score: number }) {
  const { name, kind, score } = props;
  return (
    <Group gap="xs" wrap="nowrap">
      <Text className="label" component="span">
        {name}
      </Text>
      <ScoreBar kind={kind} score={score} />
    </Group>
  );
}
