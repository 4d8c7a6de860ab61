import { AspectRatio, Box, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '../ui/error-state.tsx';
import type { MotionPlayerProps } from './motion-player.tsx';

/** Live preview of a motion at 16:9. Loads Remotion's player and CanvasKit on first use. */
export function MotionPreview(props: MotionPlayerProps) {
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
          <ErrorState error={error} title="Could not draw the preview" onRetry={() => void refetch()} />
        </Box>
      ) : (
        <Skeleton h="100%" radius={0} />
      )}
    </AspectRatio>
  );
}

/** Loads CanvasKit before the player: without it the player would stay black and report nothing. */
async function loadPlayer() {
  const [{ MotionPlayer }, { loadCanvasKit }] = await Promise.all([
    import('./motion-player.tsx'),
    import('@defrag/composition/remotion'),
  ]);
  await loadCanvasKit();
  return { MotionPlayer };
}
