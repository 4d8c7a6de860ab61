import { type BufferedRange, frameAt, ScrubSlider } from '@defrag/scrubber';
import { ActionIcon, Box, Group, Text } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import type { ReactElement } from 'react';
import { formatPercent } from '../../../format/format.ts';
import { positionState } from './position-state.ts';
import { usePlayback } from './use-playback.ts';

/** The one slider of the page: moves freely by the pointer, and from frame to frame by the arrow keys. */
export function PositionBar({
  position,
  frames,
  durationMs,
  buffered,
  onChange,
  onCommit,
}: {
  readonly position: number;
  /** Frames of the video. */
  readonly frames: number;
  readonly durationMs: number;
  /** The loaded parts of the video. */
  readonly buffered: readonly BufferedRange[];
  onChange(position: number): void;
  /** Called when the slider has come to rest. */
  onCommit(position: number): void;
}): ReactElement {
  const playback = usePlayback(position, durationMs, onChange, onCommit);
  return (
    <Box mb="md">
      <Group gap="xs" wrap="nowrap">
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={playback.isPlaying ? 'Pause' : 'Play'}
          onClick={() => {
            if (playback.isPlaying) onCommit(position);
            playback.toggle();
          }}
        >
          {playback.isPlaying ? <IconPlayerPause size={18} /> : <IconPlayerPlay size={18} />}
        </ActionIcon>
        <ScrubSlider
          style={{ flexGrow: 1 }}
          value={position}
          buffered={buffered}
          step={1 / (frames - 1)}
          label="Position"
          onValueChange={(value) => {
            playback.stop();
            onChange(value);
          }}
          onValueCommit={onCommit}
        />
      </Group>
      <Group justify="space-between" gap="xs">
        <Text className="label" component="span" data-testid="position-state">
          {positionState(position)}
        </Text>
        <Text className="number" size="xs" c="dimmed" component="span">
          {formatPercent(position, 1)} · frame {frameAt(position, frames)} of 0–{frames - 1}
        </Text>
      </Group>
    </Box>
  );
}
