import type { RenderJob } from '@defrag/client';
import { Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { Warning } from '../../../ui/warning.tsx';

/** Why the newest render failed. */
export function RenderFailure({ job }: { readonly job: RenderJob }): ReactElement {
  return (
    <Warning title={`The ${job.forced ? 'repeated render' : 'render'} failed`}>
      <Stack gap={4}>
        <Text size="sm">{job.error_message ?? 'The server gave no reason.'}</Text>
        <Text className="label" component="span">
          {job.error_code} · {job.tries === 1 ? '1 try' : `${job.tries} tries`}
        </Text>
      </Stack>
    </Warning>
  );
}
