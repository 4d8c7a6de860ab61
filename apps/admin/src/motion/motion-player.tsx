import { DefragVideo, type DefragVideoProps } from '@defrag/composition/remotion';
import { durationInFrames, VIDEO_FORMAT } from '@defrag/core';
import { frameAt } from '@defrag/scrubber';
import { Center, Text } from '@mantine/core';
import { Player, type PlayerRef } from '@remotion/player';
import { type ReactElement, useEffect, useRef } from 'react';

/** What {@link MotionPlayer} shows, and how large it is drawn. */
export interface MotionPlayerProps {
  /** What decides the picture. */
  readonly inputs: DefragVideoProps;
  /** Position 0..1; it shows the same frame as the scrubber does. */
  readonly position: number;
  /** Name of the picture for those who do not see it. */
  readonly label: string;
  /** Width in pixels in which it is drawn; the height follows. (Default: that of the video) */
  readonly drawnWidth?: number | undefined;
}

/**
 * The composition live in Remotion's player: the pixels of the video, drawn by the browser. It stands still until its position
 * changes. Import it through `motion-preview.tsx`, which loads it and CanvasKit when they are needed.
 */
export function MotionPlayer({
  inputs,
  position,
  label,
  drawnWidth = VIDEO_FORMAT.width,
}: MotionPlayerProps): ReactElement {
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
        // The video has no sound, and the page's policy allows none from data URLs.
        numberOfSharedAudioTags={0}
        acknowledgeRemotionLicense
        errorFallback={({ error }) => (
          <Center h="100%" p="md">
            <Text size="sm" c="var(--defrag-warm)" role="alert">
              The preview cannot be drawn: {error.message}
            </Text>
          </Center>
        )}
      />
    </div>
  );
}
