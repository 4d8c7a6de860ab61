import { Box, Group, Text } from '@mantine/core';

/** A score 0..100 as a number and a bar: friction warm, pressure neutral. */
export function ScoreBar({
  score,
  kind,
}: {
  readonly score: number;
  readonly kind: 'friction' | 'pressure';
}) {
  const colour = kind === 'friction' ? 'var(--defrag-warm)' : 'var(--mantine-color-text)';
  return (
    <Group gap="xs" wrap="nowrap">
      <Text className="number" size="sm" w="3ch" ta="right">
        {score}
      </Text>
      <Box aria-hidden w={64} h={4} bg="var(--defrag-line)">
        <Box h="100%" w={`${score}%`} bg={colour} />
      </Box>
    </Group>
  );
}
