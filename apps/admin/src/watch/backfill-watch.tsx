import type { Backfill } from '@defrag/client';
import { ACTIVE_BACKFILL_STATES } from '@defrag/core';
import { useEffect, useEffectEvent, useRef } from 'react';
import { trpc } from '../api/trpc.ts';
import { toastFailure, toastSuccess } from '../ui/toasts.ts';

/** Shows a toast on any page when the active backfill ends, and refetches what it changed. */
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
    // The last renders of a cancelled backfill end after the backfill itself.
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
    toastSuccess('Backfill cancelled', `${succeeded} of ${total} rendered, ${waiting} not started.`);
  } else if (failed > 0) {
    toastFailure(
      `Backfill ended: ${failed} of ${total} failed`,
      'The video list shows why and lets you retry.',
    );
  } else {
    toastSuccess('Backfill completed', `${succeeded} of ${total} rendered.`);
  }
}

const NEWEST = { limit: 10 } as const;

const LIVE_MS = 1_000;

/** Milliseconds between polls otherwise: someone else may start a backfill. */
const IDLE_MS = 5_000;

export function activeBackfill(backfills: readonly Backfill[]): Backfill | undefined {
  return backfills.find(({ state }) => ACTIVE_BACKFILL_STATES.some((active) => active === state));
}

function isLive({ state, under_way }: Backfill): boolean {
  return state === 'RUNNING' || under_way > 0;
}

export function useBackfills() {
  return trpc.admin.backfill.list.useQuery(NEWEST, {
    // `useLiveBackfills` polls while one runs.
    refetchInterval: ({ state }) => (state.data?.items.some(isLive) ? false : IDLE_MS),
  });
}

/** Polls the newest backfills, but only while one of them is live. */
function useLiveBackfills(): readonly Backfill[] | undefined {
  const { data } = trpc.admin.backfill.list.useQuery(NEWEST, {
    enabled: ({ state }) => state.data?.items.some(isLive) ?? false,
    refetchInterval: LIVE_MS,
  });
  return data?.items;
}
