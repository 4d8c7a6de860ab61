import { Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';

/** Page title, also as the tab's title, with a description and actions. */
export function PageHeader({
  title,
  documentTitle,
  description,
  actions,
}: {
  readonly title: ReactNode;
  /** Title of the tab. (Default: `title` when it is a string) */
  readonly documentTitle?: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
}) {
  const name = documentTitle ?? (typeof title === 'string' ? title : '');
  useDocumentTitle(name === '' ? 'Defrag Video' : `${name} · Defrag Video`);
  return (
    <Group justify="space-between" align="flex-start" mb="lg" gap="md">
      <Stack gap={4}>
        <Title order={1}>{title}</Title>
        {description !== undefined && (
          <Text c="dimmed" size="sm" component="div">
            {description}
          </Text>
        )}
      </Stack>
      {actions !== undefined && <Group gap="xs">{actions}</Group>}
    </Group>
  );
}
