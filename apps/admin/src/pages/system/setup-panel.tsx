import type { Statistics } from '@defrag/client';
import { SimpleGrid } from '@mantine/core';
import type { ReactElement } from 'react';
import { formatBytes, formatCount } from '../../format/format.ts';
import { Figure } from '../../ui/figure.tsx';
import { Panel } from '../../ui/panel.tsx';

/** What the system is made of, and what it holds. */
export function SetupPanel({ statistics }: { readonly statistics: Statistics }): ReactElement {
  const { storage } = statistics;
  return (
    <Panel title="Set-up">
      <SimpleGrid cols={{ base: 2, sm: 4 }}>
        <Figure label="Engine" value={statistics.engine} />
        <Figure label="Store" value={statistics.store} />
        <Figure label="Database" value={statistics.database} />
        <Figure label="Renderer" value={statistics.renderer_version} />
        <Figure label="Node" value={statistics.node_version} />
        <Figure label="Friction events" value={formatCount(statistics.friction_events)} />
        <Figure label="Videos ready" value={formatCount(storage.videos)} />
        <Figure label="Stored" value={formatBytes(storage.bytes)} />
      </SimpleGrid>
    </Panel>
  );
}
