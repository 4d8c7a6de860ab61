import type { RouterOutputs } from '@defrag/client';
import { useMutation } from '@tanstack/react-query';
import { trpc } from '../../api/trpc.ts';
import { chunksOf } from '../../lists/chunks.ts';
import { useRenderWatch } from '../../renders/render-watch.tsx';
import { toastFailure, toastSuccess } from '../../ui/toasts.ts';

/** Most events that the API takes at once. */
const MAX_AT_ONCE = 100;

type Result = RouterOutputs['admin']['videos']['renderMany']['results'][number];

/** A render that the API refused, and why. */
export type Refusal = Result & { readonly status: 'REFUSED' };

/** Which videos are asked for. */
export interface RenderManyRequest {
  readonly frictionIds: readonly string[];
  /** Undefined for the usual length. */
  readonly durationMs: number | undefined;
}

/**
 * Asks for the videos of any number of events, says what became of that, and goes on watching those that are on their way.
 *
 * @param onAnswer called with the ids of the events whose videos are there or on their way, and with the renders that were refused
 */
export function useRenderMany(
  onAnswer: (answer: { taken: readonly string[]; refused: readonly Refusal[] }) => void,
) {
  const utils = trpc.useUtils();
  const { watch } = useRenderWatch();
  return useMutation({
    mutationFn: async ({ frictionIds, durationMs }: RenderManyRequest) => {
      const results: Result[] = [];
      try {
        // One after the other: what the API has taken on stays so if a later piece fails.
        for (const friction_ids of chunksOf(frictionIds, MAX_AT_ONCE)) {
          const answer = await utils.client.admin.videos.renderMany.mutate({
            friction_ids,
            duration_ms: durationMs,
          });
          results.push(...answer.results);
        }
      } finally {
        tell(results);
      }
    },
    onError: (error) => toastFailure('Not all videos could be asked for', error),
    onSettled: () => utils.admin.invalidate(),
  });

  function tell(results: readonly Result[]): void {
    const queued = results.filter(({ status }) => status === 'QUEUED');
    const refused = results.filter(isRefusal);
    const ready = results.length - queued.length - refused.length;
    watch(
      queued.flatMap(({ hash }) => hash ?? []),
      queued.length === 1 ? `The video of event ${queued[0]?.friction_id}` : `${queued.length} videos`,
    );
    if (queued.length > 0)
      toastSuccess(queued.length === 1 ? '1 render queued' : `${queued.length} renders queued`);
    if (ready > 0)
      toastSuccess(ready === 1 ? '1 video was ready already' : `${ready} videos were ready already`);
    const taken = results.filter((result) => !isRefusal(result)).map(({ friction_id }) => friction_id);
    onAnswer({ taken, refused });
  }
}

function isRefusal(result: Result): result is Refusal {
  return result.status === 'REFUSED';
}
