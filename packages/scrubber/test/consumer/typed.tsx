import {
  type BufferedRange,
  createScrubber,
  frameAt,
  frameCount,
  frameTime,
  type ScrubberController,
  ScrubberError,
  type ScrubberErrorCode,
  type ScrubberOptions,
  type ScrubberStatus,
  ScrubSlider,
  type ScrubSliderProps,
  type UseVideoScrubOptions,
  useVideoScrub,
  type VideoScrub,
  VideoScrubber,
  type VideoScrubberProps,
} from '@defrag/scrubber';
import { createDecodedScrubber } from '@defrag/scrubber/decoded';
import { type JSX, useRef, useState } from 'react';

const props: VideoScrubberProps = {
  src: 'a.mp4',
  poster: 'a.png',
  preload: 'none',
  createScrubber: createDecodedScrubber,
  crossOrigin: 'anonymous',
};

export function Whole(): JSX.Element {
  const root = useRef<HTMLDivElement>(null);
  const [value, setValue] = useState(0);
  return (
    <VideoScrubber
      {...props}
      ref={root}
      className="scrubber"
      style={{ width: '100%' }}
      value={value}
      onValueChange={setValue}
      onValueCommit={(committed) => document.title.concat(committed.toFixed(2))}
      onStatusChange={(status) => document.title.concat(status satisfies ScrubberStatus)}
      onError={(error) => document.title.concat(error.code satisfies ScrubberErrorCode)}
      onReady={() => {}}
      formatValueText={(position) => `${position}`}
      formatError={({ code }) => code}
      data-testid="scrubber"
      dir="rtl"
      disabled
    />
  );
}

export function Own(): JSX.Element {
  const video = useRef<HTMLVideoElement>(null);
  const [value, setValue] = useState(0);
  const options: UseVideoScrubOptions = { fps: 25 };
  const scrub: VideoScrub = useVideoScrub(video, value, options);
  const ranges: readonly BufferedRange[] = scrub.buffered;
  const slider: ScrubSliderProps = { value, onValueChange: setValue, buffered: ranges };
  return (
    <>
      <video ref={video} muted playsInline />
      <ScrubSlider {...slider} />
      {scrub.error instanceof ScrubberError && scrub.error.message}
      {scrub.isReady && scrub.settled()?.then(() => undefined) && null}
    </>
  );
}

export async function plain(video: HTMLVideoElement, options: ScrubberOptions): Promise<number> {
  const scrubber: ScrubberController = createScrubber(video, options);
  scrubber.seek(0.5);
  await scrubber.settled();
  scrubber.destroy();
  return frameTime(frameAt(0.5, frameCount(video.duration)));
}

export const wrong = [
  // @ts-expect-error a text for a number
  <VideoScrubber key="1" src="a.mp4" value="0.5" />,
  // @ts-expect-error a property that is not there
  <VideoScrubber key="2" source="a.mp4" />,
  // @ts-expect-error a slider alone has a value
  <ScrubSlider key="3" />,
];
