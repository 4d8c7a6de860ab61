import { durationInFrames } from '@defrag/core';
import { Alert, Box, Group, SimpleGrid, Switch, Text } from '@mantine/core';
import { type ReactElement, type ReactNode, useRef, useState } from 'react';
import { MotionPreview } from '../../motion/motion-preview.tsx';
import { PositionBar } from '../../motion/position-bar.tsx';
import { useFrameClock } from '../../motion/use-frame-clock.ts';
import type { MotionSource } from './curves/motion-curves.ts';
import { DifferencePanel } from './difference/difference-panel.tsx';
import { useScrubbedVideo, VideoPane } from './video-pane.tsx';

/** Preview and rendered video side by side under one slider, and what differs between them. */
export function Stage({
  source,
  durationMs,
  url,
  position,
  onMove,
  onRest,
  children,
}: {
  readonly source: MotionSource;
  readonly durationMs: number;
  /** Address of the rendered video; null where there is none. */
  readonly url: string | null;
  /** Of the slider, 0..1. */
  readonly position: number;
  onMove(position: number): void;
  /** Called when the slider has come to rest. */
  onRest(position: number): void;
  /** What stands in the place of the video when there is none. */
  readonly children: ReactNode;
}): ReactElement {
  const frames = durationInFrames(durationMs);
  const playback = usePlayback(position, durationMs, onMove, onRest);
  const previewRef = useRef<HTMLDivElement>(null);
  const video = useScrubbedVideo(url, position);
  const [isCompared, setCompared] = useState(false);
  const canCompare = url !== null && video.isReadable && video.error === undefined;
  return (
    <section aria-label="Preview and video">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" mb="xs">
        <Box>
          <Text className="label" component="h2" mb={4}>
            Preview
          </Text>
          <div ref={previewRef}>
            <MotionPreview
              inputs={{ ...source, duration_ms: durationMs }}
              position={position}
              label="Live preview"
            />
          </div>
        </Box>
        <Box>
          <Text className="label" component="h2" mb={4}>
            Rendered video
          </Text>
          <VideoPane url={url} video={video}>
            {children}
          </VideoPane>
        </Box>
      </SimpleGrid>
      <PositionBar
        position={position}
        frames={frames}
        isPlaying={playback.isPlaying}
        buffered={url === null ? [] : video.buffered}
        onPlayingChange={(isWanted) => {
          if (isWanted) return playback.play();
          playback.stop();
          onRest(position);
        }}
        onPositionChange={(value) => {
          playback.stop();
          onMove(value);
        }}
        onPositionCommit={onRest}
      />
      <Group my="md">
        <Switch
          label="Show the difference"
          checked={isCompared && canCompare}
          disabled={!canCompare}
          // The primary colour is white in the dark scheme, as a thumb would be.
          styles={isCompared && canCompare ? { thumb: { backgroundColor: 'var(--mantine-color-body)' } } : {}}
          onChange={({ currentTarget }) => setCompared(currentTarget.checked)}
        />
      </Group>
      {url !== null && !video.isReadable && video.isReady && (
        <Alert variant="outline" color="gray" title="The difference cannot be shown" mb="md" role="status">
          The server of the video does not let this page read its pixels. Allow GET from{' '}
          {window.location.origin} in the CORS rules of the bucket.
        </Alert>
      )}
      {isCompared && canCompare && (
        <DifferencePanel
          subject={{
            previewRef,
            videoRef: video.videoRef,
            position,
            frames,
            isReady: video.isReady,
            settled: video.settled,
          }}
        />
      )}
    </section>
  );
}

/** Whether a position moves by the clock, and the way to begin and to end that. */
export interface Playback {
  readonly isPlaying: boolean;
  /** Goes on from where the position is, or from the beginning when it is at the end. */
  play(): void;
  stop(): void;
}

/**
 * Plays: moves the position from frame to frame of the display until it is at the end.
 *
 * @param durationMs time from position 0 to 1
 * @param onRest called with the position where it came to rest
 */
export function usePlayback(
  position: number,
  durationMs: number,
  onMove: (position: number) => void,
  onRest: (position: number) => void,
): Playback {
  const [isPlaying, setPlaying] = useState(false);
  useFrameClock(isPlaying, (passedMs) => {
    const next = Math.min(1, position + passedMs / durationMs);
    onMove(next);
    if (next < 1) return;
    setPlaying(false);
    onRest(next);
  });
  return {
    isPlaying,
    play() {
      if (position >= 1) onMove(0);
      setPlaying(true);
    },
    stop: () => setPlaying(false),
  };
}
