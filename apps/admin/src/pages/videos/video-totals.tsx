import { SimpleGrid, Skeleton } from '@mantine/core';
import { keepPreviousData } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { trpc } from '../../api/trpc.ts';
import { formatBytes, formatCount, formatPercent, NONE } from '../../lib/format.ts';
import { Figure } from '../../ui/figure.tsx';
import { filtersOf, type VideosSearch } from './videos-search.ts';

/** Milliseconds between refetches, while videos are rendering and otherwise. */
const BUSY_LOOK_MS = 2_000;
const CALM_LOOK_MS = 30_000;

export function VideoTotals({ search }: { readonly search: VideosSearch }) {
  const totals = trpc.admin.videos.totals.useQuery(filtersOf(search), {
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => ((state.data?.by_status.QUEUED ?? 0) > 0 ? BUSY_LOOK_MS : CALM_LOOK_MS),
  });
  const statistics = trpc.admin.stats.useQuery({}, { refetchInterval: CALM_LOOK_MS });
  const count = (number: number | undefined) =>
    figure(totals.isPending, number === undefined ? undefined : formatCount(number));
  const statuses = totals.data?.by_status;
  const requests = statistics.data?.requests;
  return (
    <SimpleGrid
      component="section"
      aria-label="Totals"
      cols={{ base: 3, xs: 4, lg: 7 }}
      spacing="md"
      verticalSpacing="sm"
      mb="md"
    >
      <Figure label="Videos" value={count(totals.data?.videos)} />
      <Figure label="Ready" value={count(statuses?.READY)} />
      <Figure label="Queued" value={count(statuses?.QUEUED)} />
      <Figure label="Failed" value={count(statuses?.FAILED)} />
      <Figure label="Missing" value={count(statuses?.MISSING)} />
      <Figure
        label="Storage"
        value={figure(totals.isPending, totals.data && formatBytes(totals.data.stored_bytes))}
      />
      <Figure
        label="Hit rate 24h"
        value={figure(statistics.isPending, requests && formatPercent(requests.hit_rate))}
      />
    </SimpleGrid>
  );
}

function figure(isPending: boolean, text: string | undefined): ReactNode {
  return isPending ? <Skeleton h={25} w={64} /> : (text ?? NONE);
}
