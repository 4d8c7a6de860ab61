import { durationInFrames } from '@defrag/core';
import { Alert, Box, Group, SimpleGrid, Switch, Text } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { MotionPreview } from '../../motion/motion-preview.tsx';
import { PositionBar } from '../../motion/position-bar.tsx';
import { useFrameClock } from '../../motion/use-frame-clock.ts';
import type { MotionSource } from './curves/motion-curves.ts';
import { DifferencePanel } from './difference/difference-panel.tsx';
import { useScrubbedVideo, VideoPane } from './video-pane.tsx';

/** Preview and rendered video side by side under one slider, and their difference. */
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
  /** URL of the rendered video; null when there is none. */
  readonly url: string | null;
  /** Position 0..1. */
  readonly position: number;
  onMove(position: number): void;
  /** Called when the slider comes to rest. */
  onRest(position: number): void;
  /** Shown instead of the video when there is none. */
  readonly children: ReactNode;
}) {
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
          label="Show difference"
          checked={isCompared && canCompare}
          disabled={!canCompare}
          // The thumb is white by default, as is the primary colour in the dark scheme.
          styles={isCompared && canCompare ? { thumb: { backgroundColor: 'var(--mantine-color-body)' } } : {}}
          onChange={({ currentTarget }) => setCompared(currentTarget.checked)}
        />
      </Group>
      {url !== null && !video.isReadable && video.isReady && (
        <Alert variant="outline" color="gray" title="Cannot show the difference" mb="md" role="status">
          The video's server does not allow this page to read its pixels. Allow GET from{' '}
          {window.location.origin} in the bucket's CORS rules.
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

/** Moves the position with the display's frames until it reaches the end. */
function usePlayback(
  position: number,
  durationMs: number,
  onMove: (position: number) => void,
  onRest: (position: number) => void,
) {
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
    /** Continues from the current position, or from the start when it is at the end. */
    play() {
      if (position >= 1) onMove(0);
      setPlaying(true);
    },
    stop: () => setPlaying(false),
  };
}
