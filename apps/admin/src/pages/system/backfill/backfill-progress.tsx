import type { Backfill } from '@defrag/client';
import { Button, Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactElement } from 'react';
import { trpc } from '../../../api/trpc.ts';
import { formatCount, formatDuration } from '../../../format/format.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { Figure } from '../../../ui/figure.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { toastFailure } from '../../../ui/toasts.ts';

/** The active backfill: how far it is, and what can be done to it. */
export function BackfillProgress({ backfill }: { readonly backfill: Backfill }): ReactElement {
  const { id, state, total, concurrency, duration_ms } = backfill;
  const utils = trpc.useUtils();
  const [isAsking, asking] = useDisclosure(false);
  const refresh = () => utils.admin.backfill.list.invalidate();
  const pause = trpc.admin.backfill.pause.useMutation({
    onError: (error) => toastFailure('The backfill was not paused', error),
    onSettled: refresh,
  });
  const resume = trpc.admin.backfill.resume.useMutation({
    onError: (error) => toastFailure('The backfill was not resumed', error),
    onSettled: refresh,
  });
  const cancel = trpc.admin.backfill.cancel.useMutation({
    onError: (error) => toastFailure('The backfill was not cancelled', error),
    onSettled: async () => {
      asking.close();
      await refresh();
    },
  });
  const change = state === 'RUNNING' ? pause : resume;
  return (
    <Stack component="section" aria-label="The active backfill">
      <Group justify="space-between">
        <Group gap="sm">
          <StatusBadge status={state} />
          <Text size="sm">
            {formatDuration(duration_ms)} each, {formatCount(concurrency)} at a time
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
        <Figure label="Under way" value={formatCount(backfill.under_way)} />
        <Figure label="Waiting" value={formatCount(backfill.waiting)} />
        <Figure label="Failed" value={formatCount(backfill.failed)} />
        <Figure label="Skipped" value={formatCount(backfill.skipped)} />
        <Figure label="Cancelled" value={formatCount(backfill.cancelled)} />
      </SimpleGrid>
      <ConfirmDialog
        opened={isAsking}
        title="Cancel the backfill?"
        confirmLabel="Cancel the backfill"
        cancelLabel="Let it go on"
        isDestructive
        isPending={cancel.isPending}
        onConfirm={() => cancel.mutate({ id })}
        onClose={asking.close}
      >
        What is rendered stays, and what is under way comes to its end. The rest is left for another backfill.
      </ConfirmDialog>
    </Stack>
  );
}

function ProgressBar({ backfill }: { readonly backfill: Backfill }): ReactElement {
  const { total, succeeded, failed, skipped, cancelled, under_way } = backfill;
  const percent = (count: number) => (total === 0 ? 0 : (count / total) * 100);
  const done = succeeded + failed + skipped + cancelled;
  return (
    <Progress.Root
      size="sm"
      radius={0}
      role="progressbar"
      aria-label="Progress of the backfill"
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
