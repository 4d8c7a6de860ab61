import { continuumStage } from '@defrag/core';
import { type BufferedRange, frameAt, ScrubSlider } from '@defrag/scrubber';
import { ActionIcon, Box, Group, Text } from '@mantine/core';
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { formatPercent } from '../lib/format.ts';

/** Play button, position slider and readout. The pointer moves the slider freely, the arrow keys frame by frame. */
export function PositionBar({
  position,
  frames,
  isPlaying,
  buffered,
  className,
  onPlayingChange,
  onPositionChange,
  onPositionCommit,
}: {
  /** Position 0..1. */
  readonly position: number;
  readonly frames: number;
  readonly isPlaying: boolean;
  /** Loaded parts of the video. (Default: not shown) */
  readonly buffered?: readonly BufferedRange[];
  readonly className?: string;
  onPlayingChange(isPlaying: boolean): void;
  onPositionChange(position: number): void;
  onPositionCommit?(position: number): void;
}) {
  const Icon = isPlaying ? IconPlayerPauseFilled : IconPlayerPlayFilled;
  return (
    <Box className={className}>
      <Group gap="xs" wrap="nowrap">
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={isPlaying ? 'Pause' : 'Play'}
          onClick={() => onPlayingChange(!isPlaying)}
        >
          <Icon size={18} />
        </ActionIcon>
        <ScrubSlider
          style={{ flexGrow: 1 }}
          value={position}
          buffered={buffered}
          step={1 / (frames - 1)}
          label="Position"
          formatValueText={positionText}
          onValueChange={onPositionChange}
          onValueCommit={onPositionCommit}
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

/** Text that the sliders announce for a position of 0..1, such as "50 %, awareness". */
export function positionText(position: number): string {
  return `${Math.round(position * 100)} %, ${continuumStage(position)}`;
}

/** Capitalised stage of the continuum at a position of 0..1. */
export function positionState(position: number): string {
  const stage = continuumStage(position);
  return `${stage.charAt(0).toUpperCase()}${stage.slice(1)}`;
}
