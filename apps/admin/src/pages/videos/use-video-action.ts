import { useMutation } from '@tanstack/react-query';
import { trpc } from '../../api/trpc.ts';
import { chunksOf } from '../../lists/selection.ts';
import { toastFailure, toastSuccess } from '../../ui/toasts.ts';
import { useWatchRenders } from '../../watch/render-watch.tsx';
import { nameOf } from './video-note.ts';

type VideoAction = 'retry' | 'cancel' | 'delete';

const AT_ONCE = 20;

const WORDS = {
  retry: {
    one: 'Render queued',
    many: (count: number) => `${count} renders queued`,
    failed: 'could not be retried',
  },
  cancel: {
    one: 'Cancelling the render',
    many: (count: number) => `Cancelling ${count} renders`,
    failed: 'could not be cancelled',
  },
  delete: {
    one: 'Video deleted',
    many: (count: number) => `${count} videos deleted`,
    failed: 'could not be deleted',
  },
} as const satisfies Record<VideoAction, unknown>;

/** Runs an action on each video; a failure does not stop the others. Shows the outcome and watches queued renders. */
export function useVideoAction(action: VideoAction) {
  const utils = trpc.useUtils();
  const watch = useWatchRenders();
  const { videos } = utils.client.admin;
  return useMutation({
    mutationFn: async (hashes: readonly string[]) => {
      const outcomes: PromiseSettledResult<unknown>[] = [];
      for (const some of chunksOf(hashes, AT_ONCE)) {
        outcomes.push(...(await Promise.allSettled(some.map((hash) => videos[action].mutate({ hash })))));
      }
      tell(hashes, outcomes);
    },
    onSettled: () => utils.admin.invalidate(),
  });

  function tell(hashes: readonly string[], outcomes: readonly PromiseSettledResult<unknown>[]): void {
    const { one, many, failed } = WORDS[action];
    const done = hashes.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    const [first] = outcomes.filter((outcome) => outcome.status === 'rejected');
    if (done.length > 0) toastSuccess(done.length === 1 ? one : many(done.length));
    if (first) {
      const failures = hashes.length - done.length;
      const title = hashes.length === 1 ? 'The video' : `${failures} of ${hashes.length} videos`;
      toastFailure(`${title} ${failed}`, first.reason);
    }
    if (action !== 'retry') return;
    watch(done, done.length === 1 ? `The ${nameOf(done[0] ?? '')}` : `${done.length} videos`);
  }
}
