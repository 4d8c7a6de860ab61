import type { VideoProgress } from '@defrag/core';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import { trpc } from '../../../api/trpc.ts';
import { NO_SPEED, nextSpeed, type RenderSpeed } from './render-speed.ts';

/** Milliseconds until a lost stream is asked for again. */
const RECONNECT_MS = 2_000;

/** How a render goes, as far as the stream has told. */
export interface RenderProgress {
  /** The newest step; undefined until the first one. */
  readonly progress: VideoProgress | undefined;
  readonly speed: RenderSpeed;
  /** Whether the stream is lost and asked for again. */
  readonly isLost: boolean;
}

type Watched = { hash: string; progress: VideoProgress; speed: RenderSpeed };

/**
 * Follows a render by the API's stream of events until it ends, and asks for the event anew then.
 *
 * @param isUnderWay whether there is a render to follow
 */
export function useRenderProgress(hash: string, isUnderWay: boolean): RenderProgress {
  const utils = trpc.useUtils();
  const router = useRouter();
  const [watched, setWatched] = useState<Watched>();
  const refresh = () => void utils.admin.invalidate();
  const { status, error, reset } = trpc.admin.videos.progress.useSubscription(
    { hash },
    {
      enabled: isUnderWay,
      onData: ({ data }) => {
        const run = `${data.job_id} ${data.tries}`;
        const step = {
          run,
          framesDone: data.frames_done,
          framesTotal: data.frames_total,
          atMs: performance.now(),
        };
        setWatched((before) => ({
          hash,
          progress: data,
          speed: nextSpeed(before?.hash === hash ? before.speed : NO_SPEED, step),
        }));
      },
      onComplete: refresh,
    },
  );

  // A stream that is refused does not say why. Perhaps the session has ended.
  const lose = useEffectEvent(async () => {
    const session = await utils.session.get.fetch(undefined, { staleTime: 0 }).catch(() => undefined);
    if (session?.signed_in === false) await router.invalidate();
    else refresh();
  });
  const again = useEffectEvent(reset);
  useEffect(() => {
    if (status !== 'error') return;
    void lose();
    const timer = setTimeout(() => again(), RECONNECT_MS);
    return () => clearTimeout(timer);
  }, [status]);

  const own = watched?.hash === hash ? watched : undefined;
  return {
    progress: isUnderWay ? own?.progress : undefined,
    speed: own?.speed ?? NO_SPEED,
    isLost: isUnderWay && (status === 'error' || (status === 'connecting' && error !== null)),
  };
}
