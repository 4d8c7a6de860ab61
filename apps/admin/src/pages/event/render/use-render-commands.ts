import type { FrictionEventDetail, RenderJob } from '@defrag/api/client';
import { trpc } from '../../../api/trpc.ts';
import { shortId } from '../../../lib/format.ts';
import { isJobUnderWay } from '../../../renders/job-state.ts';
import { toastFailure, toastSuccess } from '../../../ui/toasts.ts';
import { useRenderWatch } from '../../../watch/render-watch.tsx';

export interface RenderCommands {
  render(): void;
  /** Renders the video again and compares the bytes. */
  regenerate(): void;
  retry(): void;
  cancel(): void;
  /** Whether a command is pending. */
  readonly isAsking: boolean;
}

/** Commands for an event's video. Requested renders are watched on every page from then on. */
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
    else toastSuccess(`${name} is ready`, 'It was already in the cache.');
    await refresh();
  };
  const render = trpc.admin.renderVideo.useMutation({
    onSuccess: onAnswer,
    onError: (error) => toastFailure('Could not request the render', error),
  });
  const retry = trpc.admin.videos.retry.useMutation({
    onSuccess: onAnswer,
    onError: (error) => toastFailure('Could not retry the render', error),
  });
  const cancel = trpc.admin.videos.cancel.useMutation({
    onSuccess: refresh,
    onError: (error) => toastFailure('Could not cancel the render', error),
  });
  return {
    render: () => render.mutate({ friction_id: id, duration_ms }),
    regenerate: () => render.mutate({ friction_id: id, duration_ms, force_regenerate: true }),
    retry: () => retry.mutate({ hash }),
    cancel: () => cancel.mutate({ hash }),
    isAsking: render.isPending || retry.isPending || cancel.isPending,
  };
}

export function newestJob(event: FrictionEventDetail): RenderJob | undefined {
  return event.cached_video?.jobs[0];
}

export function isUnderWay(event: FrictionEventDetail): boolean {
  return isJobUnderWay(newestJob(event));
}

export const DETERMINISM_TEXT = {
  UNVERIFIED: 'Not verified yet. Verify the render to compare it with the stored file.',
  IDENTICAL: 'The last verification produced exactly the stored bytes.',
  DIFFERENT:
    'The last verification produced different bytes. The stored file was kept. Find out what changed.',
} as const;
