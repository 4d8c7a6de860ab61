import type { VideoDetail } from '@defrag/client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { codeOf } from '../api/error-text.ts';
import { trpc } from '../api/trpc.ts';
import { toastFailure, toastSuccess } from '../ui/toasts.ts';

/** Renders that were asked for together. */
export interface WatchedRenders {
  readonly id: string;
  readonly hashes: readonly string[];
  readonly name: string;
}

/** Milliseconds between two looks, for each video that is watched and at least. */
const LOOK_MS_PER_VIDEO = 100;
const LEAST_LOOK_MS = 1_000;

type Outcome = 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/**
 * Looks at renders until all have ended, and says it in a toast. It polls: a browser keeps six streams to a server at most, and a
 * hundred renders may be watched.
 */
export function RenderWatcher({
  renders,
  onEnd,
}: {
  readonly renders: WatchedRenders;
  onEnd(id: string): void;
}): null {
  const utils = trpc.useUtils();
  const { data: outcomes } = useQuery({
    queryKey: ['render-watch', renders.id],
    queryFn: async () =>
      await Promise.all(
        renders.hashes.map((hash) => readOutcome(() => utils.client.admin.videos.byHash.query({ hash }))),
      ),
    refetchInterval: Math.max(LEAST_LOOK_MS, renders.hashes.length * LOOK_MS_PER_VIDEO),
    gcTime: 0,
  });
  const tell = useEffectEvent((ended: readonly Outcome[]) => {
    say(renders.name, ended);
    void utils.admin.invalidate();
    onEnd(renders.id);
  });
  useEffect(() => {
    const ended = outcomes?.filter((outcome) => outcome !== undefined) ?? [];
    if (outcomes !== undefined && ended.length === outcomes.length) tell(ended);
  }, [outcomes]);
  return null;
}

/** How the newest render of a video ended; undefined while it is under way. A video that was deleted meanwhile counts as cancelled. */
async function readOutcome(read: () => Promise<VideoDetail>): Promise<Outcome | undefined> {
  try {
    const { latest_job, status } = await read();
    const state = latest_job?.state ?? (status === 'READY' ? 'SUCCEEDED' : 'CANCELLED');
    return state === 'QUEUED' || state === 'RENDERING' ? undefined : state;
  } catch (error) {
    if (codeOf(error) === 'VIDEO_NOT_FOUND') return 'CANCELLED';
    throw error;
  }
}

function say(name: string, outcomes: readonly Outcome[]): void {
  const count = (outcome: Outcome) => outcomes.filter((each) => each === outcome).length;
  const [failed, cancelled] = [count('FAILED'), count('CANCELLED')];
  const one = outcomes.length === 1;
  if (failed > 0) {
    toastFailure(
      one ? `${name} failed` : `${name}: ${failed} of ${outcomes.length} failed`,
      'The video list and the event page say why, and can try again.',
    );
  } else if (cancelled === outcomes.length) {
    toastSuccess(one ? `${name} was cancelled` : `${name}: all cancelled`);
  } else {
    const note = cancelled > 0 ? `${cancelled} cancelled` : undefined;
    toastSuccess(one ? `${name} is ready` : `${name}: ${outcomes.length - cancelled} ready`, note);
  }
}
