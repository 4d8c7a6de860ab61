import type { Statistics } from '@defrag/client';
import { SimpleGrid } from '@mantine/core';
import type { ReactElement } from 'react';
import { formatCount, formatDuration } from '../../format/format.ts';
import { Figure } from '../../ui/figure.tsx';
import { Panel } from '../../ui/panel.tsx';

/** Renders that are still to end. */
export function QueuePanel({ statistics }: { readonly statistics: Statistics }): ReactElement {
  const { queue, measured_at } = statistics;
  const waitMs =
    queue.oldest_queued_at === null ? null : Date.parse(measured_at) - Date.parse(queue.oldest_queued_at);
  return (
    <Panel title="Queue">
      <SimpleGrid cols={2}>
        <Figure label="Queued" value={formatCount(queue.queued)} />
        <Figure label="To be tried again" value={formatCount(queue.retrying)} />
        <Figure label="Rendering" value={formatCount(queue.rendering)} />
        <Figure label="Longest wait" value={formatDuration(waitMs)} />
      </SimpleGrid>
    </Panel>
  );
}
