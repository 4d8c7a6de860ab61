import { Skeleton, Stack, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { activeBackfill, useBackfills } from '../../../backfills/use-backfills.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { BackfillHistory } from './backfill-history.tsx';
import { BackfillProgress } from './backfill-progress.tsx';
import { BackfillStart } from './backfill-start.tsx';

/** Renders the videos of all events: what there is to do, the backfill that does it, and those that have. */
export function BackfillPanel(): ReactElement {
  const { data, error, refetch } = useBackfills();
  const active = data && activeBackfill(data.items);
  return (
    <Panel title="Backfill">
      <Text size="sm" c="dimmed">
        Renders the video of every friction event that has none under the present renderer version. What
        people ask for goes first.
      </Text>
      {data ? (
        <Stack gap="lg">
          {active && <BackfillProgress backfill={active} />}
          <BackfillStart isBlocked={active !== undefined} />
          <BackfillHistory backfills={data.items.filter((backfill) => backfill !== active)} />
        </Stack>
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton h={{ base: 352, sm: 180 }} role="status" aria-label="Loading" />
      )}
    </Panel>
  );
}
