import type { FrictionEventDetail, RenderJob } from '@defrag/api/client';
import { trpc } from '../../../api/trpc.ts';
import { shortId } from '../../../lib/format.ts';
import { isJobUnderWay } from '../../../renders/job-state.ts';
import { toastFailure, toastSuccess } from '../../../ui/toasts.ts';
import { useRenderWatch } from '../../../watch/render-watch.tsx';

/** What can be asked of the video of an event. */
export interface RenderCommands {
  /** Renders it where there is none. */
  render(): void;
  /** Renders it again although there is one. */
  regenerate(): void;
  /** Repeats a render that failed. */
  retry(): void;
  /** Ends the render that waits or is in work. */
  cancel(): void;
  /** Whether something was asked for and not answered yet. */
  readonly isAsking: boolean;
}

/** See {@link RenderCommands}. What was asked for is watched from then on, on whichever page one is. */
export function useRenderCommands(event: FrictionEventDetail): RenderCommands {
  const utils = trpc.useUtils();
  const { watch } = useRenderWatch();
  const { id, duration_ms } = event;
  const { hash } = event.video;
  const name = `The video of event ${shortId(id)}`;
  const refresh = async () => {
    await utils.admin.invalidate();
  };
  const onAnswer = async ({ status, hash: asked }: { status: string; hash: string }) => {
    if (status === 'QUEUED') watch([asked], name);
    else toastSuccess(`${name} is ready`, 'It was in the cache.');
    await refresh();
  };
  const render = trpc.admin.renderVideo.useMutation({
    onSuccess: onAnswer,
    onError: (error) => toastFailure('The render was refused', error),
  });
  const retry = trpc.admin.videos.retry.useMutation({
    onSuccess: onAnswer,
    onError: (error) => toastFailure('The render cannot be repeated', error),
  });
  const cancel = trpc.admin.videos.cancel.useMutation({
    onSuccess: refresh,
    onError: (error) => toastFailure('The render was not cancelled', error),
  });
  return {
    render: () => render.mutate({ friction_id: id, duration_ms }),
    regenerate: () => render.mutate({ friction_id: id, duration_ms, force_regenerate: true }),
    retry: () => retry.mutate({ hash }),
    cancel: () => cancel.mutate({ hash }),
    isAsking: render.isPending || retry.isPending || cancel.isPending,
  };
}

/** The newest render of the event's video; undefined where there was none. */
export function newestJob(event: FrictionEventDetail): RenderJob | undefined {
  return event.cached_video?.jobs[0];
}

/** Whether a render of the event's video waits or is in work. */
export function isUnderWay(event: FrictionEventDetail): boolean {
  return isJobUnderWay(newestJob(event));
}

/** What repeated renders have shown, in a sentence. */
export const DETERMINISM_TEXT = {
  UNVERIFIED: 'Nobody has rendered it twice yet. Force a render to compare its bytes.',
  IDENTICAL: 'The newest repeated render gave exactly the bytes that are stored.',
  DIFFERENT: 'The newest repeated render gave other bytes. The stored file was kept; find out what differs.',
} as const;
