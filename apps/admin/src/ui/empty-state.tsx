import { Stack, Text } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';

export interface EmptyStateProps {
  readonly icon: ComponentType<{ size: number; stroke: number }>;
  readonly title: string;
  readonly children?: ReactNode;
}

export function EmptyState({ icon: Icon, title, children }: EmptyStateProps) {
  return (
    <Stack align="center" justify="center" gap="xs" mih={240} p="xl" ta="center" c="dimmed">
      <Icon size={32} stroke={1.25} />
      <Text fw={500} c="var(--mantine-color-text)">
        {title}
      </Text>
      <Text size="sm" component="div">
        {children}
      </Text>
    </Stack>
  );
}
