import { Center, Progress, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface ThumbnailMessageProps {
  readonly isFailure?: boolean;
  /** Progress 0..1 of a running render. */
  readonly doneShare?: number | undefined;
  readonly children: ReactNode;
}

export function ThumbnailMessage({ isFailure = false, doneShare, children }: ThumbnailMessageProps) {
  return (
    <Center pos="absolute" inset={0} p="sm">
      <Stack gap={6} w="100%" align="center">
        <Text size="xs" ta="center" lineClamp={5} className="number" c={isFailure ? '#ff6a45' : '#c9ced4'}>
          {children}
        </Text>
        {doneShare !== undefined && (
          <Progress
            w="80%"
            size={2}
            color="#f4f6f8"
            bg="#33383e"
            value={doneShare * 100}
            aria-label="Render progress"
          />
        )}
      </Stack>
    </Center>
  );
}
