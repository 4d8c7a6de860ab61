import { DefragVideo, type DefragVideoProps } from '@defrag/composition/remotion';
import { durationInFrames, VIDEO_FORMAT } from '@defrag/core';
import { frameAt } from '@defrag/scrubber';
import { Center, Text } from '@mantine/core';
import { Player, type PlayerRef } from '@remotion/player';
import { useEffect, useRef } from 'react';

export interface MotionPlayerProps {
  readonly inputs: DefragVideoProps;
  /** Position 0..1; shows the same frame as the scrubber. */
  readonly position: number;
  readonly label: string;
  /** Drawing width in pixels; the height follows. (Default: the video's width) */
  readonly drawnWidth?: number | undefined;
}

/**
 * The composition in Remotion's player, paused at one frame: the pixels of the video, drawn in the browser. Import it
 * through `motion-preview.tsx`, which loads it with CanvasKit on demand.
 */
export function MotionPlayer({
  inputs,
  position,
  label,
  drawnWidth = VIDEO_FORMAT.width,
}: MotionPlayerProps) {
  const player = useRef<PlayerRef>(null);
  const frames = durationInFrames(inputs.duration_ms);
  const frame = frameAt(position, frames);
  useEffect(() => player.current?.seekTo(frame), [frame]);
  return (
    <div role="img" aria-label={label}>
      <Player
        ref={player}
        component={DefragVideo}
        inputProps={inputs}
        compositionWidth={drawnWidth}
        compositionHeight={Math.round((drawnWidth * VIDEO_FORMAT.height) / VIDEO_FORMAT.width)}
        durationInFrames={frames}
        fps={VIDEO_FORMAT.fps}
        initialFrame={frame}
        style={{ width: '100%', background: '#000' }}
        clickToPlay={false}
        doubleClickToFullscreen={false}
        spaceKeyToPlayOrPause={false}
        moveToBeginningWhenEnded={false}
        // The video is silent, and the CSP allows no audio from data URLs.
        numberOfSharedAudioTags={0}
        acknowledgeRemotionLicense
        errorFallback={({ error }) => (
          <Center h="100%" p="md">
            <Text size="sm" c="var(--defrag-warm)" role="alert">
              Could not draw the preview: {error.message}
            </Text>
          </Center>
        )}
      />
    </div>
  );
}
