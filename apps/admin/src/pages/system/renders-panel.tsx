import type { Statistics } from '@defrag/client';
import { SimpleGrid } from '@mantine/core';
import type { ReactElement } from 'react';
import { formatCount, formatDuration } from '../../format/format.ts';
import { Figure } from '../../ui/figure.tsx';
import { Panel } from '../../ui/panel.tsx';

/** How renders ended within the window, and how long they took. */
export function RendersPanel({ statistics }: { readonly statistics: Statistics }): ReactElement {
  const { ended, render_time } = statistics;
  return (
    <Panel title="Renders">
      <SimpleGrid cols={3}>
        <Figure label="Succeeded" value={formatCount(ended.succeeded)} />
        <Figure label="Failed" value={<Warning count={ended.failed} />} />
        <Figure label="Cancelled" value={formatCount(ended.cancelled)} />
        <Figure label="p50" value={formatDuration(render_time.p50_ms)} />
        <Figure label="p95" value={formatDuration(render_time.p95_ms)} />
        <Figure label="p99" value={formatDuration(render_time.p99_ms)} />
      </SimpleGrid>
    </Panel>
  );
}

function Warning({ count }: { readonly count: number }): ReactElement {
  return <span style={count > 0 ? { color: 'var(--defrag-warm)' } : {}}>{formatCount(count)}</span>;
}
