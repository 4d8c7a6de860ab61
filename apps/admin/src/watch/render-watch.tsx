import type { VideoDetail } from '@defrag/client';
import { isActiveJob, type RenderJobState } from '@defrag/core';
import { useQuery } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useEffectEvent,
  useState,
} from 'react';
import { codeOf } from '../api/error-text.ts';
import { trpc } from '../api/trpc.ts';
import { toastFailure, toastSuccess } from '../ui/toasts.ts';

/** Shows a toast when all of these renders have ended. `name` starts the message, such as "4 videos". */
type WatchRenders = (hashes: readonly string[], name: string) => void;

const WatchRendersContext = createContext<WatchRenders | undefined>(undefined);

/** Watches renders on every page; it outlives the pages inside. */
export function RenderWatchProvider({ children }: { readonly children: ReactNode }) {
  const [watched, setWatched] = useState<readonly WatchedRenders[]>([]);
  const watch = useCallback<WatchRenders>((hashes, name) => {
    if (hashes.length === 0) return;
    setWatched((before) => [...before, { id: crypto.randomUUID(), hashes: [...new Set(hashes)], name }]);
  }, []);
  return (
    <WatchRendersContext value={watch}>
      {children}
      {watched.map((renders) => (
        <RenderWatcher
          key={renders.id}
          renders={renders}
          onEnd={() => setWatched((before) => before.filter(({ id }) => id !== renders.id))}
        />
      ))}
    </WatchRendersContext>
  );
}

export function useWatchRenders(): WatchRenders {
  const watch = useContext(WatchRendersContext);
  if (watch === undefined) throw new Error('useWatchRenders needs a RenderWatchProvider above it.');
  return watch;
}

interface WatchedRenders {
  readonly id: string;
  readonly hashes: readonly string[];
  readonly name: string;
}

const LOOK_MS_PER_VIDEO = 100;
const LEAST_LOOK_MS = 1_000;

type Outcome = Exclude<RenderJobState, 'QUEUED' | 'RENDERING'>;

/**
 * Polls renders until all have ended, then shows a toast. A browser opens six streams per server at most, and a
 * hundred renders may be watched, so this does not use the event stream.
 */
function RenderWatcher({ renders, onEnd }: { readonly renders: WatchedRenders; onEnd(): void }): null {
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
    onEnd();
  });
  useEffect(() => {
    const ended = outcomes?.filter((outcome) => outcome !== undefined) ?? [];
    if (outcomes !== undefined && ended.length === outcomes.length) tell(ended);
  }, [outcomes]);
  return null;
}

/**
 * How the latest render of a video ended; undefined while it is active. A video deleted meanwhile counts as
 * cancelled.
 */
async function readOutcome(read: () => Promise<VideoDetail>): Promise<Outcome | undefined> {
  try {
    const { latest_job, status } = await read();
    const state = latest_job?.state ?? (status === 'READY' ? 'SUCCEEDED' : 'CANCELLED');
    return isActiveJob(state) ? undefined : state;
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
      'The video list and the event page show why and let you retry.',
    );
  } else if (cancelled === outcomes.length) {
    toastSuccess(one ? `${name} was cancelled` : `${name}: all cancelled`);
  } else {
    const note = cancelled > 0 ? `${cancelled} cancelled` : undefined;
    toastSuccess(one ? `${name} is ready` : `${name}: ${outcomes.length - cancelled} ready`, note);
  }
}
