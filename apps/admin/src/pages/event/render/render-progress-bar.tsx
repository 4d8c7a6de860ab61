import { Group, Progress, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { formatCount, formatDuration, NONE } from '../../../format/format.ts';
import { Figure } from '../../../ui/figure.tsx';
import type { RenderProgress } from './use-render-progress.ts';

/** How far a render is: frames, speed, time left and tries. */
export function RenderProgressBar({
  render,
  frames,
  isCancelling,
}: {
  readonly render: RenderProgress;
  /** Frames of the video. */
  readonly frames: number;
  readonly isCancelling: boolean;
}): ReactElement {
  const { progress, speed, isLost } = render;
  const done = progress?.frames_done ?? 0;
  const total = progress?.frames_total || frames;
  return (
    <Stack gap="sm" data-testid="render-progress">
      <Text size="sm" role="status">
        {isLost
          ? 'The connection is lost. Connecting again.'
          : sentence(progress?.job_state ?? null, isCancelling)}
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
        {progress?.error_code != null && <Figure label="Last try" value={progress.error_code} />}
      </Group>
    </Stack>
  );
}

function sentence(state: string | null, isCancelling: boolean): string {
  if (isCancelling) return 'The render ends at its next frame.';
  return state === 'RENDERING' ? 'Rendering.' : 'Waiting for a worker.';
}
