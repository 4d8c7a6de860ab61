import type { FrictionEventDetail, RenderJob } from '@defrag/client';
import { Group, Progress, Stack, Text } from '@mantine/core';
import { formatCount, formatDuration, NONE } from '../../../lib/format.ts';
import { Warning } from '../../../ui/error-state.tsx';
import { Figure } from '../../../ui/figure.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { RenderResult } from './render-result.tsx';
import { isRenderActive, newestJob } from './use-render-commands.ts';
import type { RenderStream } from './use-render-progress.ts';

/** Status of the video: render progress, failure and result. */
export function RenderPanel({
  event,
  render,
}: {
  readonly event: FrictionEventDetail;
  readonly render: RenderStream;
}) {
  const { cached_video: video } = event;
  const job = newestJob(event);
  const url = event.video.url;
  // Progress events arrive before the refetched event.
  const isRendering = isRenderActive(event) && render.progress?.job_state === 'RENDERING';
  return (
    <Panel title="Video" actions={<StatusBadge status={isRendering ? 'RENDERING' : event.video.status} />}>
      {isRenderActive(event) && (
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
            No render requested yet.
          </Text>
        )
      )}
    </Panel>
  );
}

function RenderFailure({ job }: { readonly job: RenderJob }) {
  return (
    <Warning title={`The ${job.forced ? 'verification' : 'render'} failed`}>
      <Stack gap={4}>
        <Text size="sm">{job.error_message ?? 'The server gave no reason.'}</Text>
        <Text className="label" component="span">
          {job.error_code} · {job.tries === 1 ? '1 try' : `${job.tries} tries`}
        </Text>
      </Stack>
    </Warning>
  );
}

function RenderProgressBar({
  render,
  frames,
  isCancelling,
}: {
  readonly render: RenderStream;
  readonly frames: number;
  readonly isCancelling: boolean;
}) {
  const { progress, speed, isLost } = render;
  const done = progress?.frames_done ?? 0;
  const total = progress?.frames_total || frames;
  return (
    <Stack gap="sm" data-testid="render-progress">
      <Text size="sm" role="status">
        {isLost ? 'Connection lost. Reconnecting…' : sentence(progress?.job_state ?? null, isCancelling)}
      </Text>
      <Progress.Root size="sm" radius={0}>
        <Progress.Section
          value={(done / total) * 100}
          aria-label="Frames rendered"
          color="var(--mantine-color-text)"
        />
      </Progress.Root>
      <Group gap="xl">
        <Figure
          label="Frames"
          value={
            <span data-measure="frames">
              {formatCount(done)} / {formatCount(total)}
            </span>
          }
        />
        <Figure
          label="Frames per second"
          value={speed.framesPerSecond === undefined ? NONE : speed.framesPerSecond.toFixed(1)}
        />
        <Figure label="Time left" value={speed.leftMs === undefined ? NONE : formatDuration(speed.leftMs)} />
        <Figure label="Tries" value={progress?.tries ?? 0} />
        {progress?.error_code != null && <Figure label="Last error" value={progress.error_code} />}
      </Group>
    </Stack>
  );
}

function sentence(state: string | null, isCancelling: boolean): string {
  if (isCancelling) return 'Cancelling. The render stops at its next frame.';
  return state === 'RENDERING' ? 'Rendering…' : 'Waiting for a worker…';
}
