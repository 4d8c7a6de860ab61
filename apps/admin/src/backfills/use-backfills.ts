import type { Backfill } from '@defrag/client';
import { trpc } from '../api/trpc.ts';

/** How many of the newest backfills are looked at. */
const NEWEST = { limit: 10 } as const;

/** Milliseconds between two looks while one runs. */
const LIVE_MS = 1_000;

/** Milliseconds between two looks otherwise: somebody else may begin one. */
const IDLE_MS = 5_000;

/** The backfill that runs or is paused; there is one at most. */
export function activeBackfill(backfills: readonly Backfill[]): Backfill | undefined {
  return backfills.find(({ state }) => state === 'RUNNING' || state === 'PAUSED');
}

/** Whether the figures of a backfill still change. */
export function isLive({ state, under_way }: Backfill): boolean {
  return state === 'RUNNING' || under_way > 0;
}

/** The newest backfills, kept up to date. */
export function useBackfills() {
  return trpc.admin.backfill.list.useQuery(NEWEST, {
    // While one runs, `useLiveBackfills` asks.
    refetchInterval: ({ state }) => (state.data?.items.some(isLive) ? false : IDLE_MS),
  });
}

/** What is known of the newest backfills. It is asked for only as long as one of them is under way. */
export function useLiveBackfills(): readonly Backfill[] | undefined {
  const { data } = trpc.admin.backfill.list.useQuery(NEWEST, {
    enabled: ({ state }) => state.data?.items.some(isLive) ?? false,
    refetchInterval: LIVE_MS,
  });
  return data?.items;
}
