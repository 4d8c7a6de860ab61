import { AspectRatio, Skeleton } from '@mantine/core';
import { lazy, type ReactElement, Suspense } from 'react';
import type { MotionPlayerProps } from './motion-player.tsx';

const MotionPlayer = lazy(async () => ({ default: (await import('./motion-player.tsx')).MotionPlayer }));

/** A live preview of any motion in the shape of the video. Remotion's player and CanvasKit are loaded with the first one. */
export function MotionPreview(props: MotionPlayerProps): ReactElement {
  return (
    <AspectRatio ratio={16 / 9} bg="#000">
      <Suspense fallback={<Skeleton h="100%" radius={0} />}>
        <MotionPlayer {...props} />
      </Suspense>
    </AspectRatio>
  );
}
