import type { Backfill } from '@defrag/client';
import { useEffect, useEffectEvent, useRef } from 'react';
import { trpc } from '../api/trpc.ts';
import { toastFailure, toastSuccess } from '../ui/toasts.ts';
import { activeBackfill, isLive, useLiveBackfills } from './use-backfills.ts';

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
