import type { RouterOutputs } from '@defrag/client';
import { Box, List, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { trpc } from '../../api/trpc.ts';
import { chunksOf } from '../../lists/selection.ts';
import { Warning } from '../../ui/error-state.tsx';
import { toastFailure, toastSuccess } from '../../ui/toasts.ts';
import { useWatchRenders } from '../../watch/render-watch.tsx';

/** Most events the API accepts in one request. */
const MAX_AT_ONCE = 100;

type Result = RouterOutputs['admin']['videos']['renderMany']['results'][number];

/** A render that the API rejected, with the reason. */
export type Refusal = Result & { readonly status: 'REFUSED' };

interface RenderManyRequest {
  readonly frictionIds: readonly string[];
  /** Undefined for the default duration. */
  readonly durationMs: number | undefined;
}

/** Requests the videos of any number of events, shows the outcome and watches the queued renders. */
export function useRenderMany(
  onAnswer: (answer: { taken: readonly string[]; refused: readonly Refusal[] }) => void,
) {
  const utils = trpc.useUtils();
  const watch = useWatchRenders();
  return useMutation({
    mutationFn: async ({ frictionIds, durationMs }: RenderManyRequest) => {
      const results: Result[] = [];
      try {
        // One request at a time: what the API has accepted stays queued if a later request fails.
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
    onError: (error) => toastFailure('Could not request all renders', error),
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
      toastSuccess(
        ready === 1 ? '1 video was already in the cache' : `${ready} videos were already in the cache`,
      );
    const taken = results.filter((result) => !isRefusal(result)).map(({ friction_id }) => friction_id);
    onAnswer({ taken, refused });
  }
}

function isRefusal(result: Result): result is Refusal {
  return result.status === 'REFUSED';
}

export function Refusals({ refusals, onClose }: { readonly refusals: readonly Refusal[]; onClose(): void }) {
  if (refusals.length === 0) return null;
  const count = refusals.length === 1 ? '1 render' : `${refusals.length} renders`;
  return (
    <Box mb="md">
      <Warning title={`${count} rejected`} onClose={onClose}>
        <List size="sm" spacing={4}>
          {refusals.map(({ friction_id, error_code, error_message }) => (
            <List.Item key={friction_id}>
              <Text span className="number" size="sm">
                {friction_id}
              </Text>
              : {error_message}{' '}
              <Text span className="label">
                {error_code}
              </Text>
            </List.Item>
          ))}
        </List>
      </Warning>
    </Box>
  );
}
