import type { Statistics } from '@defrag/client';
import { SimpleGrid } from '@mantine/core';
import { formatBytes, formatCount, formatDuration } from '../../lib/format.ts';
import { Figure } from '../../ui/figure.tsx';
import { Panel } from '../../ui/panel.tsx';

export function SetupPanel({ statistics }: { readonly statistics: Statistics }) {
  const { storage } = statistics;
  return (
    <Panel title="Configuration">
      <SimpleGrid cols={{ base: 2, sm: 4 }}>
        <Figure label="Engine" value={statistics.engine} />
        <Figure label="Store" value={statistics.store} />
        <Figure label="Database" value={statistics.database} />
        <Figure label="Renderer" value={statistics.renderer_version} />
        <Figure label="Node" value={statistics.node_version} />
        <Figure label="Friction events" value={formatCount(statistics.friction_events)} />
        <Figure label="Videos ready" value={formatCount(storage.videos)} />
        <Figure label="Storage" value={formatBytes(storage.bytes)} />
      </SimpleGrid>
    </Panel>
  );
}

export function QueuePanel({ statistics }: { readonly statistics: Statistics }) {
  const { queue, measured_at } = statistics;
  const waitMs =
    queue.oldest_queued_at === null ? null : Date.parse(measured_at) - Date.parse(queue.oldest_queued_at);
  return (
    <Panel title="Queue">
      <SimpleGrid cols={2}>
        <Figure label="Queued" value={formatCount(queue.queued)} />
        <Figure label="Retrying" value={formatCount(queue.retrying)} />
        <Figure label="Rendering" value={formatCount(queue.rendering)} />
        <Figure label="Longest wait" value={formatDuration(waitMs)} />
      </SimpleGrid>
    </Panel>
  );
}

export function RendersPanel({ statistics }: { readonly statistics: Statistics }) {
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

function Warning({ count }: { readonly count: number }) {
  return <span style={count > 0 ? { color: 'var(--defrag-warm)' } : {}}>{formatCount(count)}</span>;
}
