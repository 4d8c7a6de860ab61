import type { Backfill } from '@defrag/client';
import { Button, Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { trpc } from '../../api/trpc.ts';
import { formatCount, formatDuration } from '../../lib/format.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Figure } from '../../ui/figure.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { toastFailure } from '../../ui/toasts.ts';

export function BackfillProgress({ backfill }: { readonly backfill: Backfill }) {
  const { id, state, total, concurrency, duration_ms } = backfill;
  const utils = trpc.useUtils();
  const [isAsking, asking] = useDisclosure(false);
  const refresh = () => utils.admin.backfill.list.invalidate();
  const reporting = (verb: string) => ({
    onError: (error: unknown) => toastFailure(`Could not ${verb} the backfill`, error),
    onSettled: refresh,
  });
  const pause = trpc.admin.backfill.pause.useMutation(reporting('pause'));
  const resume = trpc.admin.backfill.resume.useMutation(reporting('resume'));
  const cancel = trpc.admin.backfill.cancel.useMutation({
    ...reporting('cancel'),
    onSettled: async () => {
      asking.close();
      await refresh();
    },
  });
  const change = state === 'RUNNING' ? pause : resume;
  return (
    <Stack component="section" aria-label="Active backfill">
      <Group justify="space-between">
        <Group gap="sm">
          <StatusBadge status={state} />
          <Text size="sm">
            Videos of {formatDuration(duration_ms)}, concurrency {formatCount(concurrency)}
          </Text>
        </Group>
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            loading={change.isPending}
            onClick={() => change.mutate({ id })}
          >
            {state === 'RUNNING' ? 'Pause' : 'Resume'}
          </Button>
          <Button variant="default" size="xs" onClick={asking.open}>
            Cancel
          </Button>
        </Group>
      </Group>
      <ProgressBar backfill={backfill} />
      <SimpleGrid cols={{ base: 3, sm: 6 }}>
        <Figure label="Rendered" value={formatCount(backfill.succeeded)} note={`of ${formatCount(total)}`} />
        <Figure label="In progress" value={formatCount(backfill.under_way)} />
        <Figure label="Waiting" value={formatCount(backfill.waiting)} />
        <Figure label="Failed" value={formatCount(backfill.failed)} />
        <Figure label="Skipped" value={formatCount(backfill.skipped)} />
        <Figure label="Cancelled" value={formatCount(backfill.cancelled)} />
      </SimpleGrid>
      <ConfirmDialog
        opened={isAsking}
        title="Cancel the backfill?"
        confirmLabel="Cancel backfill"
        cancelLabel="Keep running"
        isDestructive
        isPending={cancel.isPending}
        onConfirm={() => cancel.mutate({ id })}
        onClose={asking.close}
      >
        Finished videos are kept, and active renders finish. Another backfill can render the rest.
      </ConfirmDialog>
    </Stack>
  );
}

function ProgressBar({ backfill }: { readonly backfill: Backfill }) {
  const { total, succeeded, failed, skipped, cancelled, under_way } = backfill;
  const percent = (count: number) => (total === 0 ? 0 : (count / total) * 100);
  const done = succeeded + failed + skipped + cancelled;
  return (
    <Progress.Root
      size="sm"
      radius={0}
      role="progressbar"
      aria-label="Backfill progress"
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      aria-valuetext={`${formatCount(done)} of ${formatCount(total)} done`}
    >
      <Progress.Section withAria={false} value={percent(succeeded)} color="var(--defrag-cool)" />
      <Progress.Section withAria={false} value={percent(skipped + cancelled)} color="var(--defrag-dim)" />
      <Progress.Section withAria={false} value={percent(failed)} color="var(--defrag-warm)" />
      <Progress.Section
        withAria={false}
        value={percent(under_way)}
        color="var(--mantine-color-text)"
        striped
      />
    </Progress.Root>
  );
}
