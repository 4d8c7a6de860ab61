import type { RenderJob } from '@defrag/api/client';
import { Alert, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactElement } from 'react';

/** Why the newest render failed. */
export function RenderFailure({ job }: { readonly job: RenderJob }): ReactElement {
  return (
    <Alert
      role="alert"
      variant="outline"
      color="var(--defrag-warm)"
      icon={<IconAlertTriangle />}
      title={`The ${job.forced ? 'repeated render' : 'render'} failed`}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      <Stack gap={4}>
        <Text size="sm">{job.error_message ?? 'The server gave no reason.'}</Text>
        <Text className="label" component="span">
          {job.error_code} · {job.tries === 1 ? '1 try' : `${job.tries} tries`}
        </Text>
      </Stack>
    </Alert>
  );
}
