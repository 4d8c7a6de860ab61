import type { FrictionEventDetail } from '@defrag/client';
import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactElement } from 'react';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { RenderFailure } from './render-failure.tsx';
import { RenderProgressBar } from './render-progress-bar.tsx';
import { RenderResult } from './render-result.tsx';
import { isUnderWay, newestJob } from './render-state.ts';
import type { RenderProgress } from './use-render-progress.ts';

/** Where the video of an event stands: its render as it goes, why it failed, and what came out. */
export function RenderPanel({
  event,
  render,
}: {
  readonly event: FrictionEventDetail;
  readonly render: RenderProgress;
}): ReactElement {
  const { cached_video: video } = event;
  const job = newestJob(event);
  const url = event.video.url;
  // Its news come sooner than the event anew.
  const isRendering = isUnderWay(event) && render.progress?.job_state === 'RENDERING';
  return (
    <Paper component="section" aria-labelledby="video-title">
      <Group justify="space-between" mb="md">
        <Title order={2} id="video-title" size="h4">
          Video
        </Title>
        <StatusBadge status={isRendering ? 'RENDERING' : event.video.status} />
      </Group>
      <Stack gap="lg">
        {isUnderWay(event) && (
          <RenderProgressBar
            render={render}
            frames={event.frames}
            isCancelling={job?.cancel_requested === true}
          />
        )}
        {job?.state === 'FAILED' && <RenderFailure job={job} />}
        {job?.state === 'CANCELLED' && url === null && <Text size="sm">The last render was cancelled.</Text>}
        {video !== null && url !== null ? (
          <RenderResult video={video} url={url} />
        ) : (
          job === undefined && (
            <Text size="sm" c="dimmed">
              Nobody has asked for this video yet.
            </Text>
          )
        )}
      </Stack>
    </Paper>
  );
}
