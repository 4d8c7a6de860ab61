import type { Backfill } from '@defrag/api/client';
import { useEffect, useEffectEvent, useRef } from 'react';
import { trpc } from '../api/trpc.ts';
import { toastFailure, toastSuccess } from '../ui/toasts.ts';

/**
 * Says in a toast when the backfill that runs has ended, on whatever page one is by then, and has everything that it changed asked
 * for again.
 */
export function BackfillWatch(): null {
  const utils = trpc.useUtils();
  const backfills = useLiveBackfills();
  const active = useRef<string>(undefined);
  const wasLive = useRef(false);
  const follow = useEffectEvent((now: readonly Backfill[]) => {
    const before = now.find(({ id }) => id === active.current);
    active.current = activeBackfill(now)?.id;
    const hasEnded = before !== undefined && before.id !== active.current;
    if (hasEnded) say(before);
    // The last renders of one that was cancelled come to their end after it.
    const isQuiet = !now.some(isLive);
    if (hasEnded || (wasLive.current && isQuiet)) void utils.admin.invalidate();
    wasLive.current = !isQuiet;
  });
  useEffect(() => {
    if (backfills !== undefined) follow(backfills);
  }, [backfills]);
  return null;
}

function say({ state, succeeded, failed, total, waiting }: Backfill): void {
  if (state === 'CANCELLED') {
    toastSuccess('The backfill was cancelled', `${succeeded} of ${total} rendered, ${waiting} never begun.`);
  } else if (failed > 0) {
    toastFailure(
      `The backfill has ended: ${failed} of ${total} failed`,
      'The video list says why, and can try them again.',
    );
  } else {
    toastSuccess('The backfill is completed', `${succeeded} of ${total} rendered.`);
  }
}

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
