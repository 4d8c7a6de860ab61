import type { FrictionEventDetail } from '@defrag/client';
import { trpc } from '../../../api/trpc.ts';
import { shortId } from '../../../format/short-id.ts';
import { useRenderWatch } from '../../../renders/render-watch.tsx';
import { toastFailure, toastSuccess } from '../../../ui/toasts.ts';

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
