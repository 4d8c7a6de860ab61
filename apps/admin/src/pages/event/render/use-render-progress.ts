import type { VideoProgress } from '@defrag/core';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import { trpc } from '../../../api/trpc.ts';
import { NO_SPEED, nextSpeed, type RenderSpeed } from './render-speed.ts';

/** Milliseconds before reconnecting a lost stream. */
const RECONNECT_MS = 2_000;

export type RenderStream = ReturnType<typeof useRenderProgress>;

type Watched = { hash: string; progress: VideoProgress; speed: RenderSpeed };

/** Follows a render through the API's event stream, and refetches the event when the render ends. */
export function useRenderProgress(hash: string, isActive: boolean) {
  const utils = trpc.useUtils();
  const router = useRouter();
  const [watched, setWatched] = useState<Watched>();
  const refresh = () => void utils.admin.invalidate();
  const { status, error, reset } = trpc.admin.videos.progress.useSubscription(
    { hash },
    {
      enabled: isActive,
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

  // A rejected stream gives no reason. The session may have ended.
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
    /** The latest progress; undefined until the first event. */
    progress: isActive ? own?.progress : undefined,
    speed: own?.speed ?? NO_SPEED,
    /** Whether the stream is lost and reconnecting. */
    isLost: isActive && (status === 'error' || (status === 'connecting' && error !== null)),
  };
}
