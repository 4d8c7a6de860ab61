import { AspectRatio, Box, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { ErrorState } from '../ui/error-state.tsx';
import type { MotionPlayerProps } from './motion-player.tsx';

/** A live preview of any motion in the shape of the video. Remotion's player and CanvasKit are loaded with the first one. */
export function MotionPreview(props: MotionPlayerProps): ReactElement {
  const { data, error, refetch } = useQuery({
    queryKey: ['motion-player'],
    queryFn: loadPlayer,
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
    retry: false,
  });
  return (
    <AspectRatio ratio={16 / 9} {...(data && { bg: '#000' })}>
      {data ? (
        <data.MotionPlayer {...props} />
      ) : error ? (
        <Box style={{ alignItems: 'center' }}>
          <ErrorState error={error} title="The preview cannot be drawn" onRetry={() => void refetch()} />
        </Box>
      ) : (
        <Skeleton h="100%" radius={0} />
      )}
    </AspectRatio>
  );
}

/** The player, with CanvasKit there: by itself it would stay black where CanvasKit cannot be loaded, and say nothing. */
async function loadPlayer() {
  const [{ MotionPlayer }, { loadCanvasKit }] = await Promise.all([
    import('./motion-player.tsx'),
    import('@defrag/composition/remotion'),
  ]);
  await loadCanvasKit();
  return { MotionPlayer };
}
