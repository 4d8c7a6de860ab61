import type { BackfillDryRun } from '@defrag/client';
import { SimpleGrid, Skeleton } from '@mantine/core';
import type { ReactElement } from 'react';
import { formatCount } from '../../../format/format.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Figure } from '../../../ui/figure.tsx';

/** What a backfill would do now. */
export function DryRun({
  query: { data, error, isPlaceholderData, refetch },
}: {
  readonly query: {
    readonly data: BackfillDryRun | undefined;
    readonly error: unknown;
    readonly isPlaceholderData: boolean;
    refetch(): unknown;
  };
}): ReactElement {
  if (error) {
    return (
      <ErrorState error={error} title="The videos could not be counted" onRetry={() => void refetch()} />
    );
  }
  if (data === undefined) return <Skeleton h={{ base: 182, sm: 62 }} role="status" aria-label="Loading" />;
  return (
    <SimpleGrid cols={{ base: 2, sm: 5 }} aria-busy={isPlaceholderData} opacity={isPlaceholderData ? 0.5 : 1}>
      <Figure label="To render" value={formatCount(data.to_render)} />
      <Figure label="Ready" value={formatCount(data.ready)} />
      <Figure label="Under way" value={formatCount(data.under_way)} />
      <Figure
        label="Videos"
        value={formatCount(data.videos)}
        note={`of ${formatCount(data.events)} events`}
      />
      <Figure label="Renderer" value={data.renderer_version} />
    </SimpleGrid>
  );
}
