import { durationInFrames } from '@defrag/core';
import { frameAt, ScrubSlider } from '@defrag/scrubber';
import { ActionIcon, Box, Group, Text } from '@mantine/core';
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import type { ReactElement } from 'react';

/** Play and pause, the one slider for every picture of the page, and the frame that it is on. */
export function PositionBar({
  position,
  durationMs,
  isPlaying,
  onPlayingChange,
  onPositionChange,
}: {
  readonly position: number;
  readonly durationMs: number;
  readonly isPlaying: boolean;
  onPlayingChange(isPlaying: boolean): void;
  onPositionChange(position: number): void;
}): ReactElement {
  const frames = durationInFrames(durationMs);
  const Icon = isPlaying ? IconPlayerPauseFilled : IconPlayerPlayFilled;
  return (
    <Group wrap="nowrap" gap="xs" className="position-bar">
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={isPlaying ? 'Pause' : 'Play'}
        onClick={() => onPlayingChange(!isPlaying)}
      >
        <Icon size={18} />
      </ActionIcon>
      <Box flex={1}>
        <ScrubSlider value={position} onValueChange={onPositionChange} step={1 / (frames - 1)} />
      </Box>
      <Text className="number" size="sm" c="dimmed" ta="right" w="7ch" style={{ whiteSpace: 'nowrap' }}>
        {frameAt(position, frames) + 1}/{frames}
      </Text>
    </Group>
  );
}
