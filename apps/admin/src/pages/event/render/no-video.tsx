import type { FrictionEventDetail } from '@defrag/client';
import { Button, Center, Stack, Text } from '@mantine/core';
import { IconMovieOff } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { formatPercent } from '../../../format/format.ts';
import { isUnderWay, newestJob } from './render-state.ts';
import type { RenderCommands } from './use-render-commands.ts';
import type { RenderProgress } from './use-render-progress.ts';

/** In the place of a video that is not there: how far it is, or the way to it. */
export function NoVideo({
  event,
  render,
  commands,
}: {
  readonly event: FrictionEventDetail;
  readonly render: RenderProgress;
  readonly commands: RenderCommands;
}): ReactElement {
  if (isUnderWay(event)) {
    const { frames_done = 0, frames_total = 0 } = render.progress ?? {};
    return (
      <Center h="100%">
        <Stack gap={0} align="center">
          <Text className="number" size="xl">
            {formatPercent(frames_total === 0 ? 0 : frames_done / frames_total)}
          </Text>
          <Text className="label" component="span">
            {newestJob(event)?.state}
          </Text>
        </Stack>
      </Center>
    );
  }
  const hasFailed = newestJob(event)?.state === 'FAILED';
  return (
    <Center h="100%" p="xs">
      <Stack gap="xs" align="center" ta="center">
        <IconMovieOff size={28} stroke={1.25} color="var(--defrag-dim)" />
        <Text size="sm" fw={500}>
          {hasFailed ? 'The render failed' : 'This video is not rendered yet'}
        </Text>
        <Button
          size="xs"
          variant="default"
          loading={commands.isAsking}
          onClick={hasFailed ? commands.retry : commands.render}
        >
          {hasFailed ? 'Render it again' : 'Render it now'}
        </Button>
      </Stack>
    </Center>
  );
}
