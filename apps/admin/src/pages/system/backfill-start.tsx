import type { BackfillDryRun } from '@defrag/client';
import { MAX_BACKFILL_CONCURRENCY, VIDEO_FORMAT } from '@defrag/core';
import { Button, Group, NumberInput, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { codeOf, textOf } from '../../api/error-text.ts';
import { trpc } from '../../api/trpc.ts';
import { formatCount, formatDuration } from '../../lib/format.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorState, Warning } from '../../ui/error-state.tsx';
import { Figure } from '../../ui/figure.tsx';

/** Milliseconds without a change of the length before its videos are counted. */
const COUNT_DELAY_MS = 300;

const SECONDS = { min: VIDEO_FORMAT.minDurationMs / 1_000, max: VIDEO_FORMAT.maxDurationMs / 1_000 };

/**
 * Starts a backfill after a dry run. While another one is active (`isBlocked`), only the dialog and its error remain.
 */
export function BackfillStart({ isBlocked }: { readonly isBlocked: boolean }) {
  const utils = trpc.useUtils();
  const [seconds, setSeconds] = useState<number | string>(VIDEO_FORMAT.defaultDurationMs / 1_000);
  const [concurrency, setConcurrency] = useState<number | string>(1);
  const [isAsking, asking] = useDisclosure(false);
  const duration_ms = Math.round(Number(seconds) * 1_000);
  const isComplete = seconds !== '' && concurrency !== '';
  const [counted_ms] = useDebouncedValue(duration_ms, COUNT_DELAY_MS);
  const dryRun = trpc.admin.backfill.dryRun.useQuery(
    { duration_ms: counted_ms },
    { enabled: isComplete && !isBlocked, placeholderData: (before) => before },
  );
  const start = trpc.admin.backfill.start.useMutation({
    onSettled: () => {
      asking.close();
      return utils.admin.backfill.invalidate();
    },
  });
  const isCounted = dryRun.data?.duration_ms === duration_ms;
  return (
    <>
      {start.error && (
        <Warning title="Could not start the backfill" onClose={start.reset}>
          {textOf(start.error)} <span className="label">{codeOf(start.error)}</span>
        </Warning>
      )}
      {!isBlocked && (
        <Stack component="section" aria-label="Start a backfill">
          <Group align="flex-end">
            <NumberInput
              label="Length (s)"
              w={128}
              classNames={{ input: 'number' }}
              {...SECONDS}
              step={0.5}
              decimalScale={3}
              clampBehavior="strict"
              value={seconds}
              onChange={setSeconds}
              error={seconds === '' && `Enter ${SECONDS.min} to ${SECONDS.max}.`}
            />
            <NumberInput
              label="Concurrency"
              w={128}
              classNames={{ input: 'number' }}
              min={1}
              max={MAX_BACKFILL_CONCURRENCY}
              allowDecimal={false}
              clampBehavior="strict"
              value={concurrency}
              onChange={setConcurrency}
              error={concurrency === '' && `Enter 1 to ${MAX_BACKFILL_CONCURRENCY}.`}
            />
            <Button
              disabled={!isComplete || !isCounted || dryRun.data?.to_render === 0}
              onClick={asking.open}
            >
              Start
            </Button>
          </Group>
          <DryRun query={dryRun} />
        </Stack>
      )}
      <ConfirmDialog
        opened={isAsking}
        title="Start the backfill?"
        confirmLabel="Start"
        cancelLabel="Cancel"
        isPending={start.isPending}
        onConfirm={() => start.mutate({ duration_ms, concurrency: Number(concurrency) })}
        onClose={asking.close}
      >
        <Text size="sm">
          Renders {formatCount(dryRun.data?.to_render ?? 0)} videos of {formatDuration(duration_ms)}, at most{' '}
          {concurrency} at a time. You can pause or cancel the backfill.
        </Text>
      </ConfirmDialog>
    </>
  );
}

function DryRun({
  query: { data, error, isPlaceholderData, refetch },
}: {
  readonly query: {
    readonly data: BackfillDryRun | undefined;
    readonly error: unknown;
    readonly isPlaceholderData: boolean;
    refetch(): unknown;
  };
}) {
  if (error) {
    return <ErrorState error={error} title="Could not count the videos" onRetry={() => void refetch()} />;
  }
  if (data === undefined) return <Skeleton h={{ base: 182, sm: 62 }} role="status" aria-label="Loading" />;
  return (
    <SimpleGrid cols={{ base: 2, sm: 5 }} aria-busy={isPlaceholderData} opacity={isPlaceholderData ? 0.5 : 1}>
      <Figure label="To render" value={formatCount(data.to_render)} />
      <Figure label="Ready" value={formatCount(data.ready)} />
      <Figure label="In progress" value={formatCount(data.under_way)} />
      <Figure
        label="Videos"
        value={formatCount(data.videos)}
        note={`of ${formatCount(data.events)} events`}
      />
      <Figure label="Renderer" value={data.renderer_version} />
    </SimpleGrid>
  );
}
