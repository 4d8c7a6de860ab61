import type { Backfill } from '@defrag/api/client';
import { useEffect, useEffectEvent, useRef } from 'react';
import { trpc } from '../api/trpc.ts';
import { toastFailure, toastSuccess } from '../ui/toasts.ts';
import { activeBackfill, useLiveBackfills } from './use-backfills.ts';

/** Says in a toast when the backfill that runs has ended, on whatever page one is by then. */
export function BackfillWatch(): null {
  const utils = trpc.useUtils();
  const backfills = useLiveBackfills();
  const watched = useRef<string>(undefined);
  const tellEnd = useEffectEvent((ended: Backfill) => {
    say(ended);
    void utils.admin.invalidate();
  });
  useEffect(() => {
    if (backfills === undefined) return;
    const before = backfills.find(({ id }) => id === watched.current);
    watched.current = activeBackfill(backfills)?.id;
    if (before !== undefined && before.id !== watched.current) tellEnd(before);
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
