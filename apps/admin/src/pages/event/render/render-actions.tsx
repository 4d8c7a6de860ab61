import { Button, Center, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMovieOff } from '@tabler/icons-react';
import { formatPercent } from '../../../lib/format.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { isRenderActive, newestJob, type RenderProps } from './use-render-commands.ts';
import type { RenderStream } from './use-render-progress.ts';

export function RenderActions({
  event,
  commands,
  isDisabled,
}: RenderProps & { readonly isDisabled: boolean }) {
  const [isOpen, { open, close }] = useDisclosure(false);
  const job = newestJob(event);
  const state = { disabled: isDisabled, loading: commands.isPending };
  if (isRenderActive(event)) {
    return (
      <Button
        variant="default"
        {...state}
        disabled={isDisabled || job?.cancel_requested === true}
        onClick={commands.cancel}
      >
        {job?.cancel_requested ? 'Cancelling' : 'Cancel render'}
      </Button>
    );
  }
  const { status } = event.video;
  return (
    <Group gap="xs">
      {job?.state === 'FAILED' ? (
        <Button {...state} onClick={commands.retry}>
          Retry render
        </Button>
      ) : (
        status !== 'READY' && (
          <Button {...state} onClick={commands.render}>
            Render
          </Button>
        )
      )}
      {status === 'READY' && (
        <Button variant="default" {...state} onClick={open}>
          Verify render
        </Button>
      )}
      <ConfirmDialog
        opened={isOpen}
        title="Verify this render?"
        confirmLabel="Verify render"
        cancelLabel="Cancel"
        isPending={commands.isPending}
        onClose={close}
        onConfirm={() => {
          close();
          commands.verify();
        }}
      >
        Renders the video again and compares it byte for byte with the stored file. The stored file is never
        replaced.
      </ConfirmDialog>
    </Group>
  );
}

/** Shown when there is no video: render progress, or a button to render it. */
export function NoVideo({ event, render, commands }: RenderProps & { readonly render: RenderStream }) {
  if (isRenderActive(event)) {
    const { frames_done = 0, frames_total = 0 } = render.progress ?? {};
    return (
      <Center h="100%">
        <Stack gap={0} align="center">
          <Text className="number" size="xl">
            {formatPercent(frames_total === 0 ? 0 : frames_done / frames_total)}
          </Text>
          <Text className="label" component="span">
            {newestJob(event)?.state}
          </Text>
        </Stack>
      </Center>
    );
  }
  const hasFailed = newestJob(event)?.state === 'FAILED';
  return (
    <Center h="100%" p="xs">
      <Stack gap="xs" align="center" ta="center">
        <IconMovieOff size={28} stroke={1.25} color="var(--defrag-dim)" />
        <Text size="sm" fw={500}>
          {hasFailed ? 'The render failed' : 'Not rendered yet'}
        </Text>
        <Button
          size="xs"
          variant="default"
          loading={commands.isPending}
          onClick={hasFailed ? commands.retry : commands.render}
        >
          {hasFailed ? 'Retry render' : 'Render'}
        </Button>
      </Stack>
    </Center>
  );
}
