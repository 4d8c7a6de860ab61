import { Group, Paper, Stack, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface PanelProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly mb?: 'md' | 0;
  readonly children: ReactNode;
}

export function Panel({ title, actions, mb = 0, children }: PanelProps) {
  const id = useId();
  return (
    <Paper component="section" aria-labelledby={id} mb={mb}>
      <Stack gap="md">
        <Group justify="space-between" gap="xs">
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
          {actions}
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}
