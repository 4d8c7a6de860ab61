import type { FrictionEventDetail, RenderJob } from '@defrag/client';
import { isActiveJob } from '@defrag/core';
import { trpc } from '../../../api/trpc.ts';
import { shortId } from '../../../lib/format.ts';
import { toastFailure, toastSuccess } from '../../../ui/toasts.ts';
import { useWatchRenders } from '../../../watch/render-watch.tsx';

type RenderCommands = ReturnType<typeof useRenderCommands>;

/** An event, and the commands for its video. */
export interface RenderProps {
  readonly event: FrictionEventDetail;
  readonly commands: RenderCommands;
}

/** Commands for an event's video. Requested renders are watched on every page from then on. */
export function useRenderCommands(event: FrictionEventDetail) {
  const utils = trpc.useUtils();
  const watch = useWatchRenders();
  const { id, duration_ms } = event;
  const { hash } = event.video;
  const name = `The video of event ${shortId(id)}`;
  const refresh = () => utils.admin.invalidate();
  const onError = (verb: string) => (error: unknown) => toastFailure(`Could not ${verb} the render`, error);
  const onAnswer = async ({ status, hash: asked }: { status: string; hash: string }) => {
    if (status === 'QUEUED') watch([asked], name);
    else toastSuccess(`${name} is ready`, 'It was already in the cache.');
    await refresh();
  };
  const render = trpc.admin.renderVideo.useMutation({ onSuccess: onAnswer, onError: onError('request') });
  const retry = trpc.admin.videos.retry.useMutation({ onSuccess: onAnswer, onError: onError('retry') });
  const cancel = trpc.admin.videos.cancel.useMutation({ onSuccess: refresh, onError: onError('cancel') });
  return {
    render: () => render.mutate({ friction_id: id, duration_ms }),
    /** Renders the video again and compares the bytes. */
    verify: () => render.mutate({ friction_id: id, duration_ms, force_regenerate: true }),
    retry: () => retry.mutate({ hash }),
    cancel: () => cancel.mutate({ hash }),
    isPending: render.isPending || retry.isPending || cancel.isPending,
  };
}

export function newestJob(event: FrictionEventDetail): RenderJob | undefined {
  return event.cached_video?.jobs[0];
}

export function isRenderActive(event: FrictionEventDetail): boolean {
  return isActiveJob(newestJob(event)?.state);
}
